import { type JsonNode, type Message, parseLenientJson, renderJson } from '@thingwire/contracts'

export type TemplateOptions = {
  /** Escape each value for use inside a JSON string; `${*}` and `$[*]` are JSON already and stay as they are. */
  escapeJson?: boolean
}

export type TemplateResult = { ok: true; text: string } | { ok: false; message: string }

const dataPlaceholder = /\$\[([^\]]*)\]/g

/**
 * Fills `${metadata key}` and `$[path.in.data]` (as ThingsBoard). Metadata goes first, so a metadata value may
 * bring a data placeholder. What is unknown, or is not a single value, stays as written. Data that is no JSON fails even
 * when the template names none of it, as it does in ThingsBoard.
 */
export const fillTemplate = (
  template: string,
  message: Pick<Message, 'data' | 'metadata'>,
  options: TemplateOptions = {},
): TemplateResult => {
  const text = fillMetadata(template, message.metadata, options)
  const usesData = text.includes('$[')
  try {
    JSON.parse(message.data)
  } catch {
    return failed
  }
  if (!usesData) return { ok: true, text }
  const data = parseLenientJson(message.data)
  if (!data.ok) return failed
  return { ok: true, text: fillData(text, data.node, options) }
}

const failed: TemplateResult = { ok: false, message: 'Failed to process pattern!' }

const fillMetadata = (template: string, metadata: Message['metadata'], options: TemplateOptions): string => {
  if (!template.includes('${')) return template
  let text = template.replaceAll(`\${*}`, () => JSON.stringify(metadata))
  for (const [key, value] of Object.entries(metadata)) {
    if (!text.includes('${')) break
    text = text.replaceAll(`\${${key}}`, () => escaped(value, options))
  }
  return text
}

const fillData = (text: string, data: JsonNode, options: TemplateOptions): string => {
  const whole = text.replaceAll('$[*]', () => renderJson(data))
  if (data.kind !== 'object') return whole
  return whole.replace(dataPlaceholder, (placeholder, path: string) => {
    const value = scalarAt(data, path)
    return value === undefined ? placeholder : escaped(value, options)
  })
}

const scalarAt = (data: JsonNode, path: string): string | undefined => {
  let node: JsonNode | undefined = data
  for (const part of path.split('.')) node = node?.kind === 'object' ? node.members.get(part) : undefined
  if (!node || node.kind === 'object' || node.kind === 'array') return undefined
  return node.kind === 'string' ? node.value : renderJson(node)
}

const escaped = (value: string, { escapeJson }: TemplateOptions): string =>
  escapeJson ? JSON.stringify(value).slice(1, -1) : value
