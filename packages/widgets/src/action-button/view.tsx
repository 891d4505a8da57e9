'use client'
import { buttonRoom } from '../engines/control/button-room.ts'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { GroundBox, useGround } from '../style/ground.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { ActionButtonSettings } from './manifest.ts'

export const ActionButton = (p: WidgetViewProps<ActionButtonSettings>) => {
  const { actions, commands } = useWidgetHost()
  const clicks = actions.of('click')
  const ground = useGround(p.settings.background, p.theme)
  const room = buttonRoom(p.size, p.settings.padding)
  return (
    <GroundBox ground={ground} padding="0px">
      <ControlView {...p} pad={room.pad}>
        {({ isDisabled, isActivated }) => (
          <ControlButton
            appearance={p.settings.appearance}
            theme={p.theme}
            size={room}
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
    </GroundBox>
  )
}
