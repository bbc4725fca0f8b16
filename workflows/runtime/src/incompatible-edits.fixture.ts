/** An edit of the workflow code that a running history does not survive: file, what stands there, what would stand there. */
export interface Edit { what: string; file: 'unit' | 'campaign' | 'timers'; from: string; to: string }

const unit = (what: string, from: string, to: string): Edit => ({ what, file: 'unit', from, to });
const campaign = (what: string, from: string, to: string): Edit => ({ what, file: 'campaign', from, to });

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
];
