import { attributeScopeSchema, entityIdSchema } from '@thingwire/contracts'
import { type EntityParam, readStateParams, type StatePresentation, type WidgetAction } from '@thingwire/dashboards'
import type { WidgetEntity, WidgetHost } from '@thingwire/widgets/manifests'
import { z } from 'zod'
import { httpRule } from './http-rules.ts'

/** What calls of a file's code reach, with the rights of the viewer. */
export type ScriptReach = {
  host: Pick<WidgetHost, 'actions' | 'board' | 'commands' | 'links' | 'values'>
  entity: WidgetEntity | null
  /** False while the viewer has not just done something: then nothing may be changed or opened. */
  mayAct: () => boolean
  say: (kind: 'success' | 'info' | 'error', message: string) => void
  alert: (title: string, message: string) => Promise<void>
  confirm: (title: string, message: string) => Promise<boolean>
  /** Asks whether the code may send this to the platform. */
  confirmRequest: (method: string, path: string) => Promise<boolean>
  request: (method: string, path: string, body: unknown) => Promise<unknown>
  close: () => void
  words: { refused: string; unknown: string; notNow: string; noTarget: string }
}

const values = z.record(z.string().min(1).max(255), z.json())
const keys = z.array(z.string().max(255)).max(500)
const title = z.string().transform((text) => text.slice(0, 200))
const message = z.string().transform((text) => text.slice(0, 2_000))
const scope = z.enum(['SERVER_SCOPE', 'SHARED_SCOPE'])
const params = z.record(z.string(), z.unknown())
const options = z
  .object({ timeoutMs: z.number().positive().max(600_000).nullish(), isOneWay: z.boolean().nullish() })
  .catch({ timeoutMs: null, isOneWay: null })

const entityOf = ({ entityId, entityName = '', entityLabel = '' }: EntityParam): WidgetEntity => ({
  id: entityId,
  name: entityName,
  label: entityLabel,
  type: '',
})

/** An action that shows a state over the page. */
const openingOf = (stateId: string, presentation: StatePresentation): WidgetAction => ({
  id: `open ${stateId}`,
  source: 'code',
  name: stateId,
  icon: null,
  color: null,
  columnIndex: null,
  button: { type: 'icon', fill: null, border: null, style: {} },
  isShownWhen: null,
  kind: { type: 'openState', stateId, presentation, setEntity: true, paramName: null, opensRight: false },
})

/**
 * Answers calls of a file's code. Rejects with words for its author: what is refused, unknown or of the wrong form.
 */
export const createScriptApi = (
  reach: ScriptReach,
): ((method: string, args: readonly unknown[]) => Promise<unknown>) => {
  const { host, words } = reach
  const acting = () => {
    if (!reach.mayAct()) throw new Error(words.notNow)
  }
  const calls: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
    toast: ([kind, text]) =>
      reach.say(kind === 'success' ? 'success' : kind === 'info' ? 'info' : 'error', title.parse(text)),
    alert: ([head, text]) => reach.alert(title.parse(head), message.parse(text)),
    confirm: ([head, text]) => reach.confirm(title.parse(head), message.parse(text)),
    close: () => reach.close(),
    action: ([name, source]) => {
      const from = z.string().catch('elementClick').parse(source)
      const action = host.actions.of(from).find((one) => one.name === name)
      if (!action) return
      acting()
      host.actions.run(action, { entity: reach.entity })
    },
    openStateOver: ([id, raw, head]) => {
      acting()
      const { entity } = readStateParams(params.parse(raw))
      const dialog = { kind: 'dialog', title: title.parse(head), width: null, height: null, hideToolbar: true } as const
      host.actions.run(openingOf(z.string().parse(id), dialog), { entity: entity && entityOf(entity) })
    },
    navigate: ([path]) => {
      acting()
      const href = z
        .string()
        .max(2_000)
        .regex(/^\/(?![/\\])/)
        .parse(path)
      host.links.open(href)
    },
    openState: ([id, raw, opensRight]) => {
      acting()
      if (opensRight === true) host.board.openRight()
      host.board.openState(z.string().parse(id), readStateParams(params.parse(raw)))
    },
    updateState: ([id, raw, opensRight]) => {
      acting()
      if (opensRight === true) host.board.openRight()
      host.board.updateState(z.string().nullish().parse(id) ?? host.board.state.id, readStateParams(params.parse(raw)))
    },
    backToState: ([index]) => {
      acting()
      host.board.backTo(z.int().min(0).parse(index))
    },
    openRight: () => {
      acting()
      host.board.openRight()
    },
    command: async ([method, body, raw]) => {
      acting()
      if (!host.commands.target) throw new Error(words.noTarget)
      const { timeoutMs, isOneWay } = options.parse(raw)
      return host.commands.call(z.string().min(1).parse(method), body, {
        ...(timeoutMs ? { timeoutMs } : {}),
        ...(isOneWay ? { isOneWay } : {}),
      })
    },
    saveAttributes: async ([id, where, what]) => {
      acting()
      await host.values.saveAttributes(entityIdSchema.parse(id), scope.parse(where), values.parse(what))
    },
    deleteAttributes: async ([id, where, what]) => {
      acting()
      await host.values.deleteAttributes(entityIdSchema.parse(id), scope.parse(where), keys.parse(what))
    },
    saveTelemetry: async ([id, what]) => {
      acting()
      await host.values.saveTelemetry(entityIdSchema.parse(id), values.parse(what))
    },
    getAttributes: async ([id, where, what]) => {
      const { entityType, id: entityId } = entityIdSchema.parse(id)
      const wanted = keys.parse(what).join(',')
      const at = where === null ? '' : `/${attributeScopeSchema.parse(where)}`
      const query = wanted ? `?${new URLSearchParams({ keys: wanted }).toString()}` : ''
      return reach.request(
        'GET',
        `/api/plugins/telemetry/${entityType}/${entityId}/values/attributes${at}${query}`,
        undefined,
      )
    },
    http: async ([method, path, body]) => {
      const rule = httpRule(z.string().parse(method), z.string().max(4_000).parse(path))
      if (!rule) throw new Error(words.refused)
      if (rule.mode === 'confirm') {
        acting()
        if (!(await reach.confirmRequest(String(method), rule.path))) throw new Error(words.refused)
      }
      return reach.request(String(method), rule.path, body)
    },
  }
  return async (method, args) => {
    const call = Object.hasOwn(calls, method) ? calls[method] : undefined
    if (!call) throw new Error(`${words.unknown}: ${method}`)
    return call(args)
  }
}
