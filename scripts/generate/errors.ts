import { errorCatalogue } from '@thingwire/contracts'
import { code, page, table } from './markdown.ts'

/** docs/reference/errors.md */
export const errorsPage = (): string =>
  page({
    title: 'Errors',
    source: 'packages/contracts/src/errors.ts',
    parts: [
      'Every error has one code. Logs and live answers carry the code; REST answers carry the HTTP status, the number and a text: `{"status":404,"message":"…","errorCode":32,"timestamp":1700000000000}`.',
      'Who must act: the **caller** (the request is not right, or came too often), the **environment** (a service is away or busy; the same request succeeds later), or we, since it is a **bug** (logged with its stack; the answer says nothing of it).',
      table(
        ['Code', 'HTTP', 'errorCode', 'Text', 'Must act'],
        Object.entries(errorCatalogue).map(([name, { status, wire, message, act }]) => [
          code(name),
          String(status),
          String(wire),
          message,
          act,
        ]),
      ),
    ],
  })
