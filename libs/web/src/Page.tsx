import { useEffect, type ReactNode } from 'react';

/** The head of a page: where it stands, its title, what can be done; it names the browser's tab too. */
export function Page({ title, trail, aside, children }: { title: string; trail?: ReactNode; aside?: ReactNode; children: ReactNode }) {
  useEffect(() => { document.title = `${title} · 职监`; }, [title]);
  return (
    <div className="zj-page">
      {trail ? <nav className="zj-trail" aria-label="位置">{trail}</nav> : null}
      <div className="zj-head"><h1>{title}</h1>{aside ? <div className="zj-actions">{aside}</div> : null}</div>
      {children}
    </div>
  );
}

/** One part of a page with its own heading. */
export function Part({ title, aside, children, note }: { title: string; aside?: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="zj-part">
      <div className="zj-head"><h2>{title}</h2>{aside ? <div className="zj-actions">{aside}</div> : null}</div>
      {note ? <p className="zj-hint">{note}</p> : null}
      {children}
    </section>
  );
}

/** Names and values, one under the other on a phone. */
export const Facts = ({ of }: { of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="zj-facts">{of.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
);

/** What was done, its number, and what happens next; it takes the focus. */
export function Confirmation({ title, number, children }: { title: string; number?: string; children: ReactNode }) {
  return (
    <section className="zj-confirmation" role="status" tabIndex={-1} ref={(box) => box?.focus()}>
      <h2>{title}</h2>
      {number ? <p>回执编号 <strong>{number}</strong></p> : null}
      <div>{children}</div>
    </section>
  );
}
