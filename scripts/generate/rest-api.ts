import { type ApiOperation, operationsOf } from '../../apps/engine/src/api/api-docs.ts'
import { describeApi } from '../../apps/engine/src/api/describe-api.ts'
import { code, page, table } from './markdown.ts'

const section = (tag: string, operations: readonly ApiOperation[]): string =>
  `## ${tag}\n\n${table(
    ['Call', 'What it does', 'Query', 'Who'],
    operations.map(({ method, path, summary, query, roles }) => [
      code(`${method} ${path}`),
      summary,
      query.map(code).join(' '),
      roles.map((role) => (role === 'public' ? '*everybody*' : code(role))).join(' '),
    ]),
  )}`

/** docs/reference/rest-api.md */
export const restApiPage = async (): Promise<string> => {
  const groups = Map.groupBy(operationsOf(await describeApi()), ({ tag }) => tag)
  return page({
    title: 'REST API',
    source: 'apps/engine/src/api',
    parts: [
      'Sign in with `POST /api/auth/login` and send the token as `X-Authorization: Bearer <token>`. A running engine serves the schemas of parameters, bodies and answers as an OpenAPI document at `/api-docs/json`, and a page at `/api-docs`. Query parameters with * are required. Errors: [errors.md](errors.md).',
      ...Array.from(groups, ([tag, operations]) => section(tag, operations)),
    ],
  })
}
