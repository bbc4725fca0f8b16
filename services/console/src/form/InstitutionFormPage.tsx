import { addressOf, ClauseNote, moment, PackOnPage, Page, ProblemNote, Shown, untilEndOf, useAnswer } from '@zhijian/web';
import { useParams } from 'react-router-dom';
import { packOf } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { Sheet } from './Sheet.js';
import { useDownload } from './use-download.js';
import './sheet.css';

/** The form that goes with one body's report or list, as it is printed. */
export function InstitutionFormPage() {
  const { campaignId = '', institutionId = '', form = '' } = useParams();
  const where = { campaignId, institutionId, form };
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const answer = useAnswer('getInstitutionForm', { params: where });
  const download = useDownload(addressOf('/api/v1/campaigns/{campaignId}/institutions/{institutionId}/forms/{form}/xlsx', where), `${answer.data?.draft.unitName ?? ''}${answer.data?.draft.title ?? form}.xlsx`);
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title={answer.data?.draft.title ?? '表格'} trail={<Trail campaign={known} />}>
            <Shown of={answer} what="表格">
              {({ draft, reportedAt, dueOn, clauses }) => (
                <>
                  <p className="zj-actions">
                    <span>{draft.unitName}　{reportedAt ? `${moment(reportedAt)} 报送` : '尚未报送'}{dueOn ? `　期限 ${untilEndOf(dueOn)}` : ''}<ClauseNote ids={clauses} /></span>
                    <button type="button" className="zj-button" disabled={download.pending} onClick={() => void download.send(undefined)}>下载 xlsx</button>
                    <button type="button" className="zj-button" onClick={() => window.print()}>打印</button>
                  </p>
                  {download.problem ? <ProblemNote error={download.problem} /> : null}
                  <Sheet content={draft} />
                </>
              )}
            </Shown>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
