import { z } from 'zod';
import { problem, type RouteDefinition } from './http/route.js';

const schema = (type: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Record<string, unknown>;
  return rest;
};

const parametersOf = (route: RouteDefinition) => {
  const from = (type: z.ZodType, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = schema(type, 'input') as { properties?: Record<string, unknown>; required?: string[] };
    return Object.entries(properties).map(([name, of]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: of }));
  };
  const header = (name: string, description: string) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } });
  return [
    ...from(route.params, 'path'), ...from(route.query, 'query'),
    ...(route.method === 'POST' ? [header('Idempotency-Key', '同一键与同一内容的重复请求得到同一答复')] : []),
    ...(route.ifMatch ? [header('If-Match', '所编辑版本的 ETag')] : []),
  ];
};

const file = (type: string) => ({ content: { [type]: { schema: { type: 'string', format: 'binary' } } } });
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One OpenAPI 3.1 document of all routes, from the same schemas that parse the requests. */
export function routesToOpenApi(routes: readonly RouteDefinition[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const open = route.path.startsWith('/public/');
    const hasBody = route.method !== 'GET';
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      summary: route.summary, ...(route.stepUp ? { description: '须在登录后十分钟内进行，否则答复 403 step-up-needed。' } : {}), tags: [route.room], operationId: `${route.method.toLowerCase()}${route.path.replace(/[/{}-]+(\w?)/g, (_m, c: string) => c.toUpperCase())}`,
      parameters: parametersOf(route), ...(open ? { security: [] } : { security: [{ token: [] }] }),
      ...(hasBody ? { requestBody: { required: true, ...(route.file ? file(xlsx) : { content: { 'application/json': { schema: schema(route.body, 'input') } } }) } } : {}),
      responses: {
        [route.method === 'POST' ? '201' : '200']: { description: '成功', ...(route.answersFile ? file(route.answersFile) : { content: { 'application/json': { schema: schema(route.answer, 'output') } } }) },
        default: { description: '问题', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    };
  }
  return {
    openapi: '3.1.0', info: { title: '职监 API', version: '1' }, paths,
    components: { schemas: { Problem: schema(problem, 'output') }, securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}
