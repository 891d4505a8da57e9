'use client'
import { useMemo, useState } from 'react'
import { buttonAppearance } from '../engines/control/button-appearance.ts'
import { ControlButton } from '../engines/control/control-button.tsx'
import { ControlView } from '../engines/control/control-view.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { RpcButtonSettings } from './manifest.ts'
import { rpcButtonRequest } from './plan.ts'
import { rpcButtonWords } from './words.ts'

const plain = buttonAppearance({ label: '', icon: '' })

export const RpcButton = (p: WidgetViewProps<RpcButtonSettings>) => {
  const { settings } = p
  const words = useWords('rpc-button', rpcButtonWords)
  const { commands, values } = useWidgetHost()
  const request = useMemo(() => rpcButtonRequest(settings), [settings])
  const [writing, setWriting] = useState<{ isBusy: boolean; reason: string | null }>({ isBusy: false, reason: null })
  const label = settings.buttonText || words(request.kind === 'attributes' ? 'update' : 'send')
  const { styleButton } = settings
  const appearance = plain.parse({
    label,
    showIcon: false,
    type: styleButton.isRaised ? 'filled' : 'basic',
    ...(styleButton.bgColor ? { mainColor: styleButton.bgColor } : {}),
    ...(styleButton.textColor ? { backgroundColor: styleButton.textColor } : {}),
  })
  const saveAttributes = async () => {
    if (request.kind !== 'attributes' || !commands.target) return
    setWriting({ isBusy: true, reason: null })
    try {
      await values.saveAttributes(commands.target.id, request.scope, request.values)
      setWriting({ isBusy: false, reason: null })
    } catch (error) {
      setWriting({ isBusy: false, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  const reason = request.kind === 'broken' ? words('broken') : writing.reason
  return (
    <ControlView {...p} className="gap-2">
      {({ isDisabled, phase, write }) => (
        <>
          {settings.title ? <p className="max-w-full truncate text-xs text-ink-3">{settings.title}</p> : null}
          <ControlButton
            appearance={appearance}
            theme={p.theme}
            size={{ width: p.size.width - 24, height: Math.min(56, p.size.height - 24) }}
            name={label}
            isActivated={false}
            isBlocked={isDisabled || request.kind === 'broken' || writing.isBusy || phase === 'sending'}
            isBusy={writing.isBusy || phase === 'sending'}
            fills={{ width: true, height: false }}
            onPress={() => (request.kind === 'attributes' ? void saveAttributes() : write('click'))}
          />
          {reason ? (
            <p role="alert" className="line-clamp-2 text-center text-xs text-danger-text">
              {reason}
            </p>
          ) : null}
        </>
      )}
    </ControlView>
  )
}
