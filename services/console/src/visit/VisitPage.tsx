import { Chip, ClauseNote, DecisionNote, Facts, institutionWord, lineSuspensionWords, PackOnPage, Page, Part, Shown, useAnswer, usePack, visitKindWords, type Answer, type RegistrationWords } from '@zhijian/web';
import { useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { packOf, scopeWords } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { Archives } from './Archives.js';
import { CasePart } from './CasePart.js';
import { DrawPart } from './DrawPart.js';
import { RecordForm } from './RecordForm.js';
import { filingInputs, type Visit } from './visit.js';
import './visit.css';

const filedAt = ({ unregistered, filedElsewhere }: Visit, words: RegistrationWords): string => (unregistered ? words.lacking : filedElsewhere ? words.elsewhere : `本辖区${words.title}`);

function Work({ visit, campaign, reload }: { visit: Visit; campaign: Answer<'getCampaign'>; reload: () => void }) {
  const mayEdit = visit.mayAct && visit.state === 'open' && campaign.state === 'approved';
  const mayAsk = useIs('province', 'city', 'county', 'inspector');
  const people = useAnswer('listOfficers', { query: { place: visit.unit, on: visit.visitOn } }, { enabled: mayAsk }).data?.items ?? [];
  const named = visit.inspectors.map((account) => people.find((it) => it.account === account)?.label ?? account);
  const words = scopeWords(usePack().data);
  const next = visit.state === 'recorded' ? (visit.caseId ? '已立案，案件见下。' : '检查已完成，无需立案。') : '';
  return (
    <>
      <Part title="基本情况">
        <p>{visit.state === 'recorded' ? <Chip tone="good">已记录</Chip> : <Chip tone="wait">进行中</Chip>}　{next}{visit.state === 'recorded' ? <DecisionNote decision="case-filing" inputs={filingInputs(visit)} /> : null}{visit.state === 'recorded' ? <CertificateMark subject={visit.visitId} kind="case-filing" /> : null}</p>
        <Facts of={[
          ['检查方式', visitKindWords[visit.kind] ?? visit.kind], ['检查日期', visit.visitOn], ['执法人员', named.join('、')], [`${words.title}情况`, filedAt(visit, words)],
          ...(visit.unregistered ? [['地址', visit.unregistered.address] as const] : []),
        ]} />
        {visit.suspended.map((it) => <p key={it.kind} className="zj-partial" role="status">检查之日，{institutionWord(it.kind)}资质处于暂停：自 {it.from} 起，{lineSuspensionWords[it.how]}（{it.basis}）{it.to ? `，${it.to} 恢复` : ''}。{it.service === 'violation' ? <>暂停期间开展技术服务的，按本方案属违法行为；是否开展过，请查明后登记。<ClauseNote ids={it.clauses} /></> : null}</p>)}
      </Part>
      {visit.caseId ? <CasePart visit={visit} /> : null}
      {visit.asks.archives ? <Archives visit={visit} reload={reload} mayEdit={mayEdit} /> : null}
      {visit.asks.archives ? <DrawPart key={visit.archives?.length ?? 0} visit={visit} reload={reload} mayEdit={mayEdit} /> : null}
      <RecordForm visit={visit} mayEdit={mayEdit} reload={reload} />
    </>
  );
}

function InCampaign({ visit, reload }: { visit: Visit; reload: () => void }) {
  const campaign = useAnswer('getCampaign', { params: { campaignId: visit.campaignId } });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => {
        const unit = known.units.find(({ code }) => code === visit.unit) ?? { code: visit.unit, name: visit.unit };
        return (
          <PackOnPage.Provider value={packOf(known)}>
            <Page title={`${visitKindWords[visit.kind] ?? '检查'}：${visit.subjectName}`} trail={<Trail campaign={known} unit={unit} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
              <Work visit={visit} campaign={known} reload={reload} />
            </Page>
          </PackOnPage.Provider>
        );
      }}
    </Shown>
  );
}

/** One visit from the list of archives to its case. */
export function VisitPage() {
  const { visitId = '' } = useParams();
  const visit = useAnswer('getVisit', { params: { visitId } });
  return <Shown of={visit} what="检查记录">{(data) => <InCampaign visit={data} reload={() => void visit.refetch()} />}</Shown>;
}
