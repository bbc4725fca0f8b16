import { Chip, groupedCode, institutionWord, InventedLabel, PackOnPage, Page, Part, Shown, useAnswer } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { stateWords, type PlanDetail } from './evaluation.js';
import { SheetForm } from './SheetForm.js';
import { SheetSteps } from './SheetSteps.js';
import './evaluation.css';

function OneSheet({ plan, institutionId }: { plan: PlanDetail; institutionId: string }) {
  const mayScore = useIs('quality-centre', 'expert', 'province', 'city');
  const answer = useAnswer('getEvaluationSheet', { params: { planId: plan.planId, institutionId } });
  const reload = () => void answer.refetch();
  return (
    <Shown of={answer} what="评分表">
      {(sheet) => {
        const [tone, word] = stateWords[sheet.state ?? 'untouched'];
        const readOnly = !mayScore || !(sheet.state === null || sheet.state === 'draft' || sheet.state === 'returned');
        return (
          <Page title={sheet.name} trail={<><Link to="/evaluations">绩效评估</Link><Link to={`/evaluations/${plan.planId}`}>{plan.year} 年度{institutionWord(plan.line)}</Link></>} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
            <p><Chip tone={tone}>{word}</Chip>{sheet.invented ? <InventedLabel /> : null}　<code className="zj-soft">{groupedCode(sheet.creditCode)}</code></p>
            <SheetSteps sheet={sheet} reload={reload} />
            <Part title={plan.indicators.title}><SheetForm key={sheet.version ?? 0} sheet={sheet} set={plan.indicators} readOnly={readOnly} reload={reload} /></Part>
          </Page>
        );
      }}
    </Shown>
  );
}

/** One body's score sheet of a year. */
export function SheetPage() {
  const { planId = '', institutionId = '' } = useParams();
  const answer = useAnswer('getEvaluationPlan', { params: { planId } });
  return <Shown of={answer} what="绩效评估">{(plan) => <PackOnPage.Provider value={plan.pack}><OneSheet plan={plan} institutionId={institutionId} /></PackOnPage.Provider>}</Shown>;
}
