'use client'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { CommandButtonSettings } from './manifest.ts'

export const CommandButton = (p: WidgetViewProps<CommandButtonSettings>) => (
  <ControlView {...p}>
    {({ isBlocked, phase, write }) => (
      <ControlButton
        appearance={p.settings.appearance}
        theme={p.theme}
        size={{ width: p.size.width - 24, height: p.size.height - 24 }}
        name={p.title || p.settings.appearance.label}
        isActivated={false}
        isBlocked={isBlocked}
        isBusy={phase === 'sending'}
        onPress={() => write('click')}
      />
    )}
  </ControlView>
)
