'use client'
import { type DashboardWidget, fillTokens, formatStates, type WidgetAction } from '@thingwire/dashboards'
import { toast } from '@thingwire/ui'
import type { ActionContext, WidgetHost } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import { useBoard, useStateScope } from '../board/board-context.ts'
import { entryOf } from '../board/state-scope.tsx'
import { encodeToken, targetOf, tokenValues } from './action-target.ts'
import type { CodeActionRun } from './content/code-action.tsx'
import { carryOut, problemOf } from './control/command.ts'

type Others = Omit<WidgetHost, 'actions'>
export type ActionsHost = { actions: WidgetHost['actions']; code: CodeActionRun | null; endCode: () => void }
type Kind<T> = Extract<WidgetAction['kind'], { type: T }>

/** Carries out what files attach to buttons, rows and marks. Code is handed to whoever draws the widget, to run it. */
export const useActionsPort = (widget: DashboardWidget, others: Others): ActionsHost => {
  const [code, setCode] = useState<CodeActionRun | null>(null)
  const states = useStateActions()
  const device = useDeviceActions(others)
  const t = useTranslations('board')
  const now = useRef({ states, device, others, t })
  now.current = { states, device, others, t }
  const actions = useMemo((): WidgetHost['actions'] => {
    const run = (action: WidgetAction, context: ActionContext) => {
      const { states: go, device: tell, others: ports, t: say } = now.current
      const { kind } = action
      switch (kind.type) {
        case 'nothing':
          return
        case 'openState':
          return go.openState(kind, context)
        case 'updateState':
          return go.updateState(kind, context)
        case 'openDashboard':
          return ports.links.open(go.dashboardAddress(kind, context), kind.newTab)
        case 'openEntity': {
          const page = context.entity ? ports.links.entityPage(context.entity.id) : null
          return page ? ports.links.open(page) : toast.failed(say('noEntityPage'))
        }
        case 'openUrl':
          return ports.links.open(fillAddress(kind.url, context), kind.newTab)
        case 'custom':
          return setCode({
            name: action.name,
            code: kind.code,
            html: kind.html,
            css: kind.css,
            entity: context.entity ?? null,
            params: context.params ?? {},
          })
        case 'rpc':
        case 'setAttribute':
          return void tell(action.name, kind, context)
        case 'mobile':
          return toast.failed(say('onlyInApp'), say('onlyInAppText', { name: action.name }))
        case 'placeMapItem':
          return toast.failed(say('onlyOnMap'))
        case 'unknown':
          return toast.failed(say('unknownAction', { type: kind.name }))
      }
    }
    const of = (source: string) => widget.actions.filter((action) => action.source === source)
    return { of, run: (action, context) => run(action, context ?? {}) }
  }, [widget])
  return { actions, code, endCode: () => setCode(null) }
}

const fillAddress = (pattern: string, context: ActionContext): string =>
  fillTokens(pattern, { entity: context.entity ?? null, values: tokenValues(context) }, (value, _decimals, key) =>
    // A pattern that is nothing but one token is an address that a device or an attribute holds.
    pattern.trim() === `\${${key}}` ? String(value ?? '') : encodeToken(value),
  )

const useStateActions = () => {
  const scope = useStateScope()
  const { document } = useBoard()
  return {
    openState: (kind: Kind<'openState'>, context: ActionContext) => {
      const target = targetOf(kind, context)
      if (kind.opensRight) scope.setRightOpen(true)
      if (kind.presentation.kind === 'place') return scope.open(target)
      const entry = entryOf(scope, target, document.states)
      if (entry) scope.present({ presentation: kind.presentation, entry, anchor: context.anchor ?? null })
    },
    updateState: (kind: Kind<'updateState'>, context: ActionContext) => {
      if (kind.opensRight) scope.setRightOpen(true)
      scope.update(targetOf(kind, context))
    },
    dashboardAddress: (kind: Kind<'openDashboard'>, context: ActionContext): string => {
      const { stateId, entity, paramName } = targetOf(kind, context)
      const params = {
        entity: entity && !paramName ? entity : null,
        named: entity && paramName ? { [paramName]: entity } : {},
      }
      // What its root is called is known there; an id that it does not have is its root.
      const state = formatStates([{ id: stateId ?? '', params }], { rootStateId: '' })
      const query = state === null ? '' : `?state=${encodeURIComponent(state)}`
      return `/dashboards/${encodeURIComponent(kind.dashboardId)}${query}`
    },
  }
}

const useDeviceActions = ({ commands }: Others) => {
  const t = useTranslations('board')
  return async (name: string, kind: Kind<'rpc' | 'setAttribute'>, context: ActionContext): Promise<void> => {
    const target = context.entity?.id ?? commands.target?.id
    if (!target) return void toast.failed(t('noTarget', { name }))
    try {
      await carryOut(
        target,
        kind.type === 'rpc'
          ? {
              kind: 'rpc',
              method: kind.method,
              params: kind.params,
              timeoutMs: kind.timeoutMs,
              isOneWay: kind.isOneWay,
              pollMs: kind.isPersistent ? 1_000 : null,
            }
          : { kind: 'attribute', scope: kind.scope, key: kind.key, value: kind.value },
      )
      toast.done(t('actionDone', { name }))
    } catch (error) {
      const problem = problemOf(error)
      toast.failed(t('actionFailed', { name }), problem.kind === 'timed-out' ? t('timedOut') : problem.reason)
    }
  }
}
