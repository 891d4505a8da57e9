/** An event as a line and what is behind it; '' for what it does not have. */
export type EventText = {
  way: 'IN' | 'OUT' | null
  connection: string
  kind: string
  line: string
  error: string
  data: string
  metadata: string
}

const textIn = (body: Readonly<Record<string, unknown>>, member: string): string => {
  const value = body[member]
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The members of an event's body depend on its type. */
export const textOf = ({ body }: { body: Readonly<Record<string, unknown>> }): EventText => {
  const text = (member: string) => textIn(body, member)
  const way = body.type === 'IN' || body.type === 'OUT' ? body.type : null
  const counts = body.messagesProcessed === undefined ? '' : `${text('messagesProcessed')} / ${text('errorsOccurred')}`
  return {
    way,
    connection: text('relationType'),
    kind: text('msgType') || text('event') || text('method'),
    line: text('data') || counts || text('success'),
    error: text('error'),
    data: text('data'),
    metadata: text('metadata'),
  }
}
