'use client'
import { buttonRoom } from '../engines/control/button-room.ts'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import { GroundBox, useGround } from '../style/ground.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { ToggleButtonSettings } from './manifest.ts'

export const ToggleButton = (p: WidgetViewProps<ToggleButtonSettings>) => {
  const { settings } = p
  const ground = useGround(settings.background, p.theme)
  const room = buttonRoom(p.size, settings.padding)
  return (
    <GroundBox ground={ground} padding="0px">
      <ControlView {...p} pad={room.pad}>
        {({ isOn, isBlocked, phase, write }) => {
          const appearance = isOn === true ? settings.checkedAppearance : settings.uncheckedAppearance
          return (
            <ControlButton
              appearance={{ ...appearance, autoScale: settings.autoScale }}
              theme={p.theme}
              size={room}
              name={p.title || appearance.label}
              isActivated={false}
              isPressed={isOn === true}
              isBlocked={isBlocked}
              isBusy={phase === 'sending'}
              fills={{ width: settings.horizontalFill, height: settings.verticalFill }}
              onPress={() => write(isOn === true ? 'off' : 'on', isOn !== true, { value: isOn !== true })}
            />
          )
        }}
      </ControlView>
    </GroundBox>
  )
}
