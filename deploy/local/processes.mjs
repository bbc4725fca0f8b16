// The one table of our own processes. A room whose program is not there yet is skipped, and said so.
export const services = [
  { name: 'qualification', main: 'services/qualification/dist/main.js', url: 'QUALIFICATION_URL' },
  { name: 'quality-control', main: 'services/quality-control/dist/main.js', url: 'QUALITY_CONTROL_URL' },
  { name: 'inspection', main: 'services/inspection/dist/main.js', url: 'INSPECTION_URL' },
  { name: 'publication', main: 'services/publication/dist/main.js', url: 'PUBLICATION_URL' },
  { name: 'workflows', main: 'workflows/runtime/dist/main.js', url: 'WORKFLOWS_URL' },
  { name: 'gateway', main: 'services/gateway/dist/main.js', url: 'GATEWAY_URL' },
  { name: 'portal', main: 'services/portal/dist/main.js', url: 'PORTAL_URL' },
  { name: 'identity', main: 'services/identity/dist/main.js', url: 'OIDC_ISSUER' },
];

export const nodeFlags = ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning'];
