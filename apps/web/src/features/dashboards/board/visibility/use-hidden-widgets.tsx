'use client'
import {
  type DashboardWidget,
  holds,
  readVisibility,
  type ViewerRole,
  type VisibilityCondition,
  type WidgetVisibility,
} from '@thingwire/dashboards'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { isVisitor } from '@/session/visitor.ts'
import { useTarget } from '../../host/control/use-target.ts'
import { useAttributes } from '../../host/values-port.ts'

/** Whether the condition of a widget is met, by widget; null: not known yet. */
type Answers = ReadonlyMap<string, boolean | null>

const roleOf = (user: ReturnType<typeof useUser>): ViewerRole =>
  isVisitor(user) ? 'visitors' : user.authority === 'CUSTOMER_USER' ? 'customers' : 'administrators'

/**
 * Widgets that the viewer does not get, by their role or by an attribute. `watch` has to be drawn: it follows the attributes.
 * What is not known yet is not drawn, so that nothing shows for a moment and goes. The server gives everybody the
 * whole document, so this keeps nothing secret.
 */
export const useHiddenWidgets = (
  ids: readonly string[],
  widgets: ReadonlyMap<string, DashboardWidget>,
): { hidden: ReadonlySet<string>; watch: ReactNode } => {
  const role = roleOf(useUser())
  const [answers, setAnswers] = useState<Answers>(new Map())
  const limited = useMemo(
    () =>
      ids.flatMap((id): { id: string; visibility: WidgetVisibility }[] => {
        const visibility = readVisibility(widgets.get(id)?.raw.config)
        return visibility ? [{ id, visibility }] : []
      }),
    [ids, widgets],
  )
  const hidden = useMemo(
    () =>
      new Set(
        limited.flatMap(({ id, visibility: { roles, when } }) => {
          const isForRole = roles === null || roles.includes(role)
          return isForRole && (when === null || answers.get(id) === true) ? [] : [id]
        }),
      ),
    [limited, role, answers],
  )
  const watch = limited.flatMap(({ id, visibility: { roles, when } }) =>
    when && (roles === null || roles.includes(role))
      ? [<Watch key={id} when={when} tell={(is) => setAnswers((known) => withAnswer(known, id, is))} />]
      : [],
  )
  return { hidden, watch }
}

const withAnswer = (known: Answers, id: string, is: boolean | null): Answers =>
  known.get(id) === is ? known : new Map(known).set(id, is)

/** Follows one attribute of the first entity of an alias. Without an entity, or without the attribute, it is empty. */
const Watch = ({ when, tell }: { when: VisibilityCondition; tell: (is: boolean | null) => void }) => {
  const target = useMemo(() => ({ target: { entityAliasId: when.entityAliasId } }), [when.entityAliasId])
  const { entity, notice } = useTarget(target)
  const values = useAttributes(entity?.id ?? null)
  const isWaiting = entity ? values === undefined : notice?.status === 'loading'
  const value = values?.find(
    ({ scope, key }) => key === when.key && (when.scope === null || scope === when.scope),
  )?.value
  const is = isWaiting ? null : holds(value, when.condition)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told when the answer is another, whoever listens
  useEffect(() => tell(is), [is])
  return null
}
