import { createBrowserRouter, Navigate, Outlet } from 'react-router-dom';
import { AgenciesPage } from './administration/AgenciesPage.js';
import { AppointmentsPage } from './administration/AppointmentsPage.js';
import { AreasPage } from './administration/AreasPage.js';
import { ChangesPage } from './administration/ChangesPage.js';
import { KeptTextsPage } from './administration/KeptTextsPage.js';
import { PeoplePage } from './administration/PeoplePage.js';
import { FaultBarrier } from './app/FaultBarrier.js';
import { Frame } from './app/Frame.js';
import { Home } from './app/Home.js';
import { NotFound } from './app/NotFound.js';
import { SignedIn } from './app/SignedIn.js';
import { SessionGate } from './app/SessionGate.js';
import { DecisionPage } from './decision/DecisionPage.js';
import { DecisionsPage } from './decision/DecisionsPage.js';
import { DutyPage } from './duty/DutyPage.js';
import { SamplePage } from './sample/SamplePage.js';
import { TargetsPage } from './target/TargetsPage.js';
import { CasePage } from './audit/CasePage.js';
import { CasesPage as AuditedCasesPage } from './audit/CasesPage.js';
import { CalendarPage } from './calendar/CalendarPage.js';
import { AmendmentsPage } from './campaign/AmendmentsPage.js';
import { CampaignListPage } from './campaign/CampaignListPage.js';
import { CasesPage } from './campaign/CasesPage.js';
import { ObligationsPage } from './campaign/ObligationsPage.js';
import { OverviewPage } from './campaign/OverviewPage.js';
import { ColourRunPage } from './colour/ColourRunPage.js';
import { ColourRunsPage } from './colour/ColourRunsPage.js';
import { CorrectionPage } from './colour/CorrectionPage.js';
import { CorrectionsPage } from './colour/CorrectionsPage.js';
import { FlowPage } from './colour/FlowPage.js';
import { NewCorrectionPage } from './colour/NewCorrectionPage.js';
import { RedYearsPage } from './colour/RedYearsPage.js';
import { WhatIfPage } from './colour/WhatIfPage.js';
import { EvaluationPlanPage } from './evaluation/EvaluationPlanPage.js';
import { EvaluationsPage } from './evaluation/EvaluationsPage.js';
import { ScoreImportPage } from './evaluation/ScoreImportPage.js';
import { SheetPage } from './evaluation/SheetPage.js';
import { ComparisonListPage } from './comparison/ComparisonListPage.js';
import { ComparisonPage } from './comparison/ComparisonPage.js';
import { ComparisonParticipantPage } from './comparison/ComparisonParticipantPage.js';
import { PlanComparisonPage } from './comparison/PlanComparisonPage.js';
import { FormPage } from './form/FormPage.js';
import { InstitutionFormPage } from './form/InstitutionFormPage.js';
import { ImportPage } from './institution/ImportPage.js';
import { InstitutionPage } from './institution/InstitutionPage.js';
import { RegisterPage } from './institution/RegisterPage.js';
import { NoticePage } from './notice/NoticePage.js';
import { NoticesPage } from './notice/NoticesPage.js';
import { ObjectionPage } from './notice/ObjectionPage.js';
import { ObjectionsPage } from './notice/ObjectionsPage.js';
import { PackListPage } from './pack/PackListPage.js';
import { PackPage } from './pack/PackPage.js';
import { ParkedPage } from './operations/ParkedPage.js';
import { PlanCampaignPage } from './plan/PlanCampaignPage.js';
import { SelfCheckPage } from './self-check/SelfCheckPage.js';
import { ChecksPage } from './check/ChecksPage.js';
import { RecordCheckPage } from './check/RecordCheckPage.js';
import { InspectionSummaryPage, MonitoringSummaryPage } from './check/SummaryView.js';
import { MonitoringPage } from './monitoring/MonitoringPage.js';
import { BoardPage } from './rectification/BoardPage.js';
import { RectificationPage } from './rectification/RectificationPage.js';
import { ReviewPage } from './review/ReviewPage.js';
import { ReviewsPage } from './review/ReviewsPage.js';
import { TasksPage } from './task/TasksPage.js';
import { UnitPage } from './unit/UnitPage.js';
import { StartVisitPage } from './visit/StartVisitPage.js';
import { VisitPage } from './visit/VisitPage.js';

/** Every address of the console. */
export const router = createBrowserRouter([
  { path: '/signed-in', element: <SignedIn /> },
  {
    element: <SessionGate><Frame /></SessionGate>, errorElement: <NotFound />,
    children: [{
      element: <FaultBarrier><Outlet /></FaultBarrier>,
      children: [
        { path: '/', element: <Home /> },
        { path: '/campaigns', element: <CampaignListPage /> },
        { path: '/campaigns/new', element: <PlanCampaignPage /> },
        { path: '/campaigns/:campaignId', element: <OverviewPage /> },
        { path: '/campaigns/:campaignId/obligations', element: <ObligationsPage /> },
        { path: '/campaigns/:campaignId/amendments', element: <AmendmentsPage /> },
        { path: '/campaigns/:campaignId/targets', element: <TargetsPage /> },
        { path: '/campaigns/:campaignId/duties/:duty', element: <DutyPage /> },
        { path: '/campaigns/:campaignId/samples/:sample', element: <SamplePage /> },
        { path: '/campaigns/:campaignId/cases', element: <CasesPage /> },
        { path: '/campaigns/:campaignId/units/:unit', element: <UnitPage /> },
        { path: '/campaigns/:campaignId/units/:unit/visits/new', element: <StartVisitPage /> },
        { path: '/campaigns/:campaignId/units/:unit/forms/:form', element: <FormPage /> },
        { path: '/campaigns/:campaignId/institutions/:institutionId/self-check', element: <SelfCheckPage /> },
        { path: '/campaigns/:campaignId/institutions/:institutionId/forms/:form', element: <InstitutionFormPage /> },
        { path: '/visits/:visitId', element: <VisitPage /> },
        { path: '/colours', element: <ColourRunsPage /> },
        { path: '/colours/red-years', element: <RedYearsPage /> },
        { path: '/colours/corrections', element: <CorrectionsPage /> },
        { path: '/colours/corrections/new', element: <NewCorrectionPage /> },
        { path: '/colours/corrections/:correctionId', element: <CorrectionPage /> },
        { path: '/colours/what-if', element: <WhatIfPage /> },
        { path: '/colours/:runId', element: <ColourRunPage /> },
        { path: '/colours/:runId/flow', element: <FlowPage /> },
        { path: '/notices', element: <NoticesPage /> },
        { path: '/notices/:noticeId', element: <NoticePage /> },
        { path: '/objections', element: <ObjectionsPage /> },
        { path: '/objections/:objectionId', element: <ObjectionPage /> },
        { path: '/institutions', element: <RegisterPage /> },
        { path: '/institutions/import', element: <ImportPage /> },
        { path: '/institutions/:institutionId', element: <InstitutionPage /> },
        { path: '/rectifications', element: <BoardPage /> },
        { path: '/rectifications/:rectificationId', element: <RectificationPage /> },
        { path: '/checks', element: <ChecksPage /> },
        { path: '/checks/new', element: <RecordCheckPage /> },
        { path: '/checks/summaries/:jurisdiction/:year', element: <InspectionSummaryPage /> },
        { path: '/monitorings', element: <MonitoringPage /> },
        { path: '/monitorings/summaries/:jurisdiction/:year', element: <MonitoringSummaryPage /> },
        { path: '/reviews', element: <ReviewsPage /> },
        { path: '/reviews/:reviewId', element: <ReviewPage /> },
        { path: '/evaluations', element: <EvaluationsPage /> },
        { path: '/evaluations/:planId', element: <EvaluationPlanPage /> },
        { path: '/evaluations/:planId/import', element: <ScoreImportPage /> },
        { path: '/evaluations/:planId/bodies/:institutionId', element: <SheetPage /> },
        { path: '/comparisons', element: <ComparisonListPage /> },
        { path: '/comparisons/new', element: <PlanComparisonPage /> },
        { path: '/comparisons/:roundId', element: <ComparisonPage /> },
        { path: '/comparisons/:roundId/institutions/:institutionId', element: <ComparisonParticipantPage /> },
        { path: '/packs', element: <PackListPage /> },
        { path: '/packs/:place/:plan/:version', element: <PackPage /> },
        { path: '/calendar', element: <CalendarPage /> },
        { path: '/audit', element: <AuditedCasesPage /> },
        { path: '/audit/cases/*', element: <CasePage /> },
        { path: '/decisions', element: <DecisionsPage /> },
        { path: '/decisions/:room/:id', element: <DecisionPage /> },
        { path: '/operations', element: <ParkedPage /> },
        { path: '/administration', element: <Navigate to="/administration/people" replace /> },
        { path: '/administration/people', element: <PeoplePage /> },
        { path: '/administration/appointments', element: <AppointmentsPage /> },
        { path: '/administration/areas', element: <AreasPage /> },
        { path: '/administration/agencies', element: <AgenciesPage /> },
        { path: '/administration/changes', element: <ChangesPage /> },
        { path: '/administration/kept-texts', element: <KeptTextsPage /> },
        { path: '/tasks', element: <TasksPage /> },
        { path: '*', element: <NotFound /> },
      ],
    }],
  },
]);
