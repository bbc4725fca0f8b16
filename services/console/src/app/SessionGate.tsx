import { call, onSignedInAgain, Shown, useAnswer, Waiting } from '@zhijian/web';
import { useEffect, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { SessionContext, useClock } from './session.js';

const remembered = 'zhijian-place';

/**
 * Asks who is signed in, and which day it is, before any page is shown; without a session the API client leaves for the
 * sign-in. A form that stood there earlier would put today's date under the hands of who already types.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const me = useAnswer('getMe');
  const clock = useClock();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<string | null>(search.get('place') ?? localStorage.getItem(remembered));
  const id = me.data?.id;
  // Who signs in again as somebody else starts on a page of their own: nothing typed by one is sent by another.
  useEffect(() => onSignedInAgain(() => void call('getMe').then((now) => { if (id && now.id !== id) window.location.reload(); })), [id]);
  const choosePlace = (code: string) => {
    localStorage.setItem(remembered, code);
    setChosen(code);
  };
  return (
    <Shown of={me} what="登录信息">
      {(data) => {
        const place = data.places.find(({ code }) => code === chosen) ?? data.places[0] ?? null;
        return <SessionContext.Provider value={{ me: data, place, choosePlace }}>{clock.isPending ? <Waiting what="系统日期" /> : children}</SessionContext.Provider>;
      }}
    </Shown>
  );
}
