/** An edit of the workflow code that a running history does not survive: file, what stands there, what would stand there. */
export interface Edit { what: string; file: 'unit' | 'campaign' | 'colour' | 'notice' | 'consequences' | 'timers'; from: string; to: string }

const unit = (what: string, from: string, to: string): Edit => ({ what, file: 'unit', from, to });
const campaign = (what: string, from: string, to: string): Edit => ({ what, file: 'campaign', from, to });

const colour = (what: string, from: string, to: string): Edit => ({ what, file: 'colour', from, to });
const notice = (what: string, from: string, to: string): Edit => ({ what, file: 'notice', from, to });
const consequences = (what: string, from: string, to: string): Edit => ({ what, file: 'consequences', from, to });

/** What somebody in a hurry might do without `patched()`. */
export const incompatibleEdits: readonly Edit[] = [
  unit('the unit asks for the next step before it is planned', 'let next = (told', 'await inspection.nextStep();\n  let next = (told'),
  unit('a unit opened with the others plans itself all the same', 'let next = (told?.result ?? (await inspection.planUnit())).next;', 'const planned = await inspection.planUnit();\n  let next = (told?.result ?? planned).next;'),
  unit('stages are opened by closing them', 'return (await inspection.openStage()).next;', 'return (await inspection.closeStage()).next;'),
  unit('the sweep is left out', "return (await inspection.sweep()).next;", 'return inspection.nextStep();'),
  unit('a reminder is sent twice', 'return (await inspection.remind()).next;', 'await inspection.remind();\n      return (await inspection.remind()).next;'),
  unit('the end of a stage sweeps first', 'return (await inspection.closeStage()).next;', 'await inspection.sweep();\n      return (await inspection.closeStage()).next;'),
  unit('the outcome is no longer asked for', 'return inspection.finishUnit();', "return { unit: run.unit, outcome: 'finished', counts: {}, digest: '' };"),
  unit('the unit is finished twice', 'return inspection.finishUnit();', 'await inspection.finishUnit();\n  return inspection.finishUnit();'),
  unit('a minute of rest before the unit is finished', 'return inspection.finishUnit();', "await condition(() => false, '1 minute');\n  return inspection.finishUnit();"),
  unit('no timer is set for what is far off', 'const woken = !next.passed && (await reached(next.wakeAt ?? null, () => news));', 'const woken = false;'),
  unit('a timer is set even when the moment has come', '!next.passed && (await reached(', '(await reached('),
  unit('an amendment is not heard any more', 'news ||= !heard.has(factId);', 'news = false;'),
  unit('what is asked after an amendment is planned anew', 'next = woken ? await inspection.nextStep() : await ordered(next);', 'next = woken ? (await inspection.planUnit()).next : await ordered(next);'),
  unit('the unit does not wait to be opened with the others', "if (run.together) await condition(() => told !== undefined, '1 minute');", ''),
  unit('every step bears the same number', "proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...patience })", "proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...patience, activityId: 'fixed' } as never)"),
  unit('the roster is not asked for again after its timer', 'if (!step.passed) return inspection.nextStep({ come: true });', ''),
  unit('a frozen roster is not taken over', 'return (await inspection.takeRoster({ rosterId, digest })).next;', 'return inspection.nextStep();'),
  unit('stages are opened by sweeping', 'return (await inspection.openStage()).next;', 'return (await inspection.sweep()).next;'),
  campaign('the campaign asks for its units although it was told them', 'const all = units ?? (await inspection.planCampaign()).units;', 'const all = (await inspection.planCampaign()).units;'),
  campaign('the units follow one another', 'const following = all.map(followed);\n  await followed(wholeCampaign);', 'const following: Promise<void>[] = [];\n  for (const one of all) await followed(one);\n  await followed(wholeCampaign);'),
  campaign('the campaign as a whole is started first', 'const following = all.map(followed);\n  await followed(wholeCampaign);', 'const whole = followed(wholeCampaign);\n  const following = all.map(followed);\n  await whole;'),
  campaign('units are started in the order of their codes backwards', 'const following = all.map(followed);', 'const following = [...all].reverse().map(followed);'),
  campaign('the campaign is not finished', 'const { finished, unfinished } = await inspection.finishCampaign({ campaignId, outcomes: [...outcomes].sort((a, b) => (a.unit < b.unit ? -1 : 1)), failed: [...failed].sort() });\n  return { finished, unfinished };', 'return { finished: outcomes.length, unfinished: [] };'),
  campaign('units are opened together after their start', 'const opening = units && openedTogether(freezing);', 'const opening = undefined as Promise<Record<string, StepResult>> | undefined;\n  void openedTogether;'),
  campaign('units are told nothing', 'await handle.signal(opened, { result }).catch(() => undefined); // not told, it asks by itself', 'void result;'),
  colour('the year’s end is asked for before the colours are proposed', 'await qualityControl.proposeColours(run);', 'await qualityControl.colourYearEnd(run);\n  await qualityControl.proposeColours(run);'),
  colour('years in a row are not counted any more', 'await qualityControl.countRedYears(run);', ''),
  colour('the year is asked for its end once more before it is closed', 'closing = await qualityControl.closeColourYear(run);', 'await qualityControl.colourYearEnd(run);\n      closing = await qualityControl.closeColourYear(run);'),
  notice('a notice does not wait for its last day by a timer', 'await reached(step.wakeAt, () => news);', 'await condition(() => news);'),
  notice('a notice is over when its timer is, and is not asked again', 'news = false;\n    step = await publication.noticeStep({ noticeId });', 'step = news ? await publication.noticeStep({ noticeId }) : { ...step, passed: true };\n    news = false;'),
  notice('what nothing holds back is published twice', 'let done = await publication.publishReady({ noticeId });', 'await publication.publishReady({ noticeId });\n  let done = await publication.publishReady({ noticeId });'),
  consequences('what is next is asked for once more before colours are taken over', 'next = (await inspection.takeColours(', 'await inspection.nextConsequence();\n      next = (await inspection.takeColours('),
  consequences('who owes a report is not reminded but stated at once', "kind === 'remind' ? inspection.remindReports() : kind === 'sweep'", "kind === 'remind' || kind === 'sweep'"),
  consequences('a day far off is not waited for by a timer', 'await reached(next.wakeAt ?? null,', 'await reached(null,'),
];
