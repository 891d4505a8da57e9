'use client'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { ActionButtonSettings } from './manifest.ts'

export const ActionButton = (p: WidgetViewProps<ActionButtonSettings>) => {
  const { actions, commands } = useWidgetHost()
  const clicks = actions.of('click')
  return (
    <ControlView {...p}>
      {({ isDisabled, isActivated }) => (
        <ControlButton
          appearance={p.settings.appearance}
          theme={p.theme}
          size={{ width: p.size.width - 24, height: p.size.height - 24 }}
          name={p.title || p.settings.appearance.label}
          isActivated={isActivated}
          isBlocked={isDisabled}
          isBusy={false}
          onPress={(anchor) => {
            for (const click of clicks) actions.run(click, { entity: commands.target, anchor })
          }}
        />
      )}
    </ControlView>
  )
}
