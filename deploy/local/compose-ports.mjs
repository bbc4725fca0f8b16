// The ports inside deploy/compose.yaml that npm start chooses freely.
export const composePorts = {
  'temporal-frontend': 17233,
  'temporal-frontend-membership': 16933,
  'temporal-history': 17234,
  'temporal-history-membership': 16934,
  'temporal-matching': 17235,
  'temporal-matching-membership': 16935,
  'temporal-worker': 17239,
  'temporal-worker-membership': 16939,
};
