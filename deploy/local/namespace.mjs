// Run as a program: node namespace.mjs ADDRESS NAMESPACE. The one file here that uses an installed package; it runs after npm ci.
const [address, namespace] = process.argv.slice(2);
const { Connection } = await import('@temporalio/client');

const alreadyExists = 6; // gRPC status
const thirtyDays = { seconds: 30 * 86_400 };
const deadline = Date.now() + 60_000;

for (;;) {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 5_000 });
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: thirtyDays })
      .catch((error) => { if (error.code !== alreadyExists) throw error; });
    await connection.workflowService.listOpenWorkflowExecutions({ namespace, maximumPageSize: 1 }); // the frontend knows it
    await connection.close();
    break;
  } catch (error) {
    if (Date.now() > deadline) {
      console.error(`error: namespace ${namespace}: ${error.message}`);
      process.exit(1);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}
