'use client'
import type { WidgetAction } from '@thingwire/dashboards'
import type { WidgetHost, WidgetState } from '@thingwire/widgets/manifests'
import { functionContextOf, type Scheme } from '@thingwire/widgets/views'
import { useEffect, useMemo, useState } from 'react'
import { dataOf, entityOf } from './action-data.ts'
import { HeaderButton } from './header-button.tsx'

type Props = { buttons: readonly WidgetAction[]; host: WidgetHost; state: WidgetState; theme: Scheme }

/** The buttons that a file puts into the header of a widget. */
export const HeaderActions = ({ buttons, host, state, theme }: Props) => {
  const isShown = useConditions(buttons, host, state)
  return buttons
    .filter((action) => isShown(action))
    .map((action) => (
      <HeaderButton
        key={action.id}
        action={action}
        theme={theme}
        onClick={(event) =>
          host.actions.run(action, {
            entity: entityOf(state),
            anchor: event.currentTarget,
            params: { data: dataOf(state) },
          })
        }
      />
    ))
}

/** Conditions are code, which answers later; until then, and where it fails, a button with a condition is not shown. */
const useConditions = (buttons: readonly WidgetAction[], host: WidgetHost, state: WidgetState) => {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const conditional = useMemo(() => buttons.filter((one) => one.isShownWhen !== null), [buttons])
  useEffect(() => {
    if (conditional.length === 0) return
    let isCurrent = true
    const ask = async () => {
      const data = dataOf(state)
      const context = functionContextOf(host, state.status === 'ready' ? state.series : [])
      const answers = await Promise.all(
        conditional.map(async ({ id, isShownWhen }) => {
          if (isShownWhen === null) return null
          const [answer] = await host.functions.callMany(isShownWhen, ['widgetContext', 'data'], [[context, data]])
          return answer?.ok && answer.value === true ? id : null
        }),
      )
      if (isCurrent) setShown(new Set(answers.filter((id) => id !== null)))
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [conditional, host, state])
  return (action: WidgetAction): boolean => action.isShownWhen === null || shown.has(action.id)
}
