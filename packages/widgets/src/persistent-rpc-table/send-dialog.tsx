'use client'
import { Button, Checkbox, Dialog, Field, Input, Textarea } from '@thingwire/ui'
import { useId, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import { readParams } from './rows.ts'
import { storedCommandsWords } from './words.ts'

const hourMs = 3_600_000
const usualHours = '24'

/** Leaves a command for the device. */
export const SendDialog = ({ onClose, onSent }: { onClose: () => void; onSent: () => void }) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const { commands } = useWidgetHost()
  const formId = useId()
  const [method, setMethod] = useState('')
  const [params, setParams] = useState('')
  const [hours, setHours] = useState(usualHours)
  const [wantsAnswer, setWantsAnswer] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (isBusy || method.trim() === '') return
    setBusy(true)
    const kept = Number(hours)
    try {
      await commands.leave(method.trim(), readParams(params), {
        isOneWay: !wantsAnswer,
        expirationTime: Date.now() + (kept > 0 ? kept : Number(usualHours)) * hourMs,
        retries: null,
      })
      onSent()
      onClose()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words('send')}
      closeLabel={words('close')}
      footer={
        <Button type="submit" form={formId} variant="primary" disabled={isBusy}>
          {words('leave')}
        </Button>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Field label={words('method')} error={isTried && method.trim() === '' ? words('methodNeeded') : undefined}>
          <Input autoFocus value={method} onChange={({ target }) => setMethod(target.value)} />
        </Field>
        <Field label={words('params')} hint={words('paramsHint')}>
          <Textarea
            className="font-mono text-xs"
            spellCheck={false}
            value={params}
            onChange={({ target }) => setParams(target.value)}
          />
        </Field>
        <Field label={words('hours')}>
          <Input inputMode="decimal" value={hours} onChange={({ target }) => setHours(target.value)} />
        </Field>
        <div className="flex items-center gap-2 text-sm">
          <Checkbox label={words('wantsAnswer')} checked={wantsAnswer} onChange={setWantsAnswer} />
          <span aria-hidden>{words('wantsAnswer')}</span>
        </div>
        {problem ? (
          <p role="alert" className="text-xs text-danger-text">
            {problem}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
