'use client'
import { buttonRoom } from '../engines/control/button-room.ts'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import { GroundBox, useGround } from '../style/ground.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { CommandButtonSettings } from './manifest.ts'

export const CommandButton = (p: WidgetViewProps<CommandButtonSettings>) => {
  const ground = useGround(p.settings.background, p.theme)
  const room = buttonRoom(p.size, p.settings.padding)
  return (
    <GroundBox ground={ground} padding="0px">
      <ControlView {...p} pad={room.pad}>
        {({ isBlocked, phase, write }) => (
          <ControlButton
            appearance={p.settings.appearance}
            theme={p.theme}
            size={room}
            name={p.title || p.settings.appearance.label}
            isActivated={false}
            isBlocked={isBlocked}
            isBusy={phase === 'sending'}
            onPress={() => write('click')}
          />
        )}
      </ControlView>
    </GroundBox>
  )
}
