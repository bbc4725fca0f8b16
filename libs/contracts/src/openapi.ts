export const routesToOpenApi = () => ({});
