export const startSystem = async () => { throw new Error('not yet'); };
