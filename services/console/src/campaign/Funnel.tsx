import { count } from '@zhijian/web';
import { Fragment } from 'react';
import type { Overview } from './campaign.js';
import './funnel.css';

/** From the list to the case: how many bodies came to each step. */
export function Funnel({ steps }: { steps: Overview['funnel'] }) {
  const most = Math.max(1, ...steps.map((step) => step.count));
  return (
    <dl className="funnel">
      {steps.map(({ step, title, count: value }) => (
        <Fragment key={step}>
          <dt>{title}</dt>
          <dd><span className="funnel-bar" style={{ width: `${(value / most) * 100}%` }} /><span className="funnel-count">{count(value)}</span></dd>
        </Fragment>
      ))}
    </dl>
  );
}
