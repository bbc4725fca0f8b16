import { roleWords, useSubmissionOf, request } from '@zhijian/web';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router-dom';
import { entryOf, menuFor } from './menu.js';
import { useClock, useSession } from './session.js';

function DemonstrationBanner() {
  const clock = useClock().data;
  if (!clock?.demonstration) return null;
  return <p className="frame-clock" role="status">演示时钟 <strong>{clock.today}</strong><span className="frame-clock-note">　日期为演示所设，机构与数据均为示例</span></p>;
}

function PlacePicker() {
  const { me, place, choosePlace } = useSession();
  if (me.places.length < 2) return <span>{place?.institutionName ?? place?.name ?? '未分配辖区'}</span>;
  return (
    <label className="frame-place"><span className="zj-hidden">当前辖区</span>
      <select value={place?.code ?? ''} onChange={(event) => choosePlace(event.target.value)}>
        {me.places.map(({ code, name, institutionName }) => <option key={code} value={code}>{institutionName ?? name}（{code}）</option>)}
      </select>
    </label>
  );
}

/** Large type for those who want it; remembered in this browser. */
function LargeType() {
  const [large, setLarge] = useState(localStorage.getItem('zhijian-large') === '1');
  useEffect(() => {
    document.documentElement.classList.toggle('zj-large', large);
    localStorage.setItem('zhijian-large', large ? '1' : '0');
  }, [large]);
  return <button type="button" className="frame-leave" aria-pressed={large} onClick={() => setLarge(!large)}>{large ? '标准字号' : '大字版'}</button>;
}

function Account() {
  const { me } = useSession();
  const leave = useSubmissionOf(async () => {
    const { next } = (await (await request('/auth/logout', { method: 'POST' })).json()) as { next?: string };
    window.location.assign(next ?? '/');
  });
  return <span className="frame-account">{me.name}<span className="frame-role">{roleWords[me.role]}</span><button type="button" className="frame-leave" onClick={() => void leave.send(undefined)}>退出</button></span>;
}

/** The frame of every page: top bar, banner of the demonstration clock, menu by role. */
export function Frame() {
  const { me } = useSession();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const current = entryOf(pathname);
  return (
    <div className="frame">
      <a className="frame-skip" href="#content">跳到正文</a>
      <header className="frame-top">
        <button type="button" className="frame-burger" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>菜单</button>
        <Link to="/campaigns" className="frame-name">职监<span>职业健康技术服务机构监督</span></Link>
        <PlacePicker />
        <LargeType />
        <Account />
      </header>
      <DemonstrationBanner />
      <div className="frame-body">
        <nav id="menu" className={open ? 'frame-menu frame-open' : 'frame-menu'} aria-label="主菜单">
          {menuFor(me.role).map(({ path, label }) => <Link key={path} to={path} aria-current={path === current ? 'page' : undefined} onClick={() => setOpen(false)}>{label}</Link>)}
        </nav>
        <main id="content" tabIndex={-1}><Outlet /></main>
      </div>
    </div>
  );
}
