'use client'
import { Button, Dialog, Field, Input, Textarea } from '@thingwire/ui'
import { type FormEvent, useState } from 'react'
import { useWords } from '../texts/use-texts.ts'
import { editText, readValue } from './rows.ts'
import { attributesWords } from './words.ts'

/** As long as the platform takes. */
const longestKey = 255

type Props = {
  /** Null: a new one. */
  attribute: { key: string; value: unknown } | null
  isTaken: (key: string) => boolean
  /** Rejects with the server's refusal. */
  onSave: (key: string, value: unknown) => Promise<void>
  onClose: () => void
}

export const EditDialog = (p: Props) => {
  const words = useWords('attributes-table', attributesWords)
  const { attribute } = p
  const [key, setKey] = useState(attribute?.key ?? '')
  const [text, setText] = useState(attribute ? editText(attribute.value) : '')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const name = key.trim()
  const keyProblem =
    attribute !== null ? undefined : name === '' ? words('keyMissing') : p.isTaken(name) ? words('keyTaken') : undefined
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (keyProblem || isBusy) return
    setBusy(true)
    setRefusal(null)
    try {
      await p.onSave(name, readValue(text))
      p.onClose()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={attribute ? words('editTitle', { key: attribute.key }) : words('addTitle')}
      closeLabel={words('close')}
    >
      <form onSubmit={(event) => void save(event)} noValidate className="grid gap-4">
        {attribute === null ? (
          <Field label={words('key')} error={isTried ? keyProblem : undefined}>
            <Input
              autoComplete="off"
              autoFocus
              maxLength={longestKey}
              value={key}
              onChange={({ target }) => setKey(target.value)}
              className="font-mono text-xs"
            />
          </Field>
        ) : null}
        <Field label={words('value')} hint={words('valueHint')} error={refusal ?? undefined}>
          <Textarea
            rows={3}
            autoFocus={attribute !== null}
            value={text}
            onChange={({ target }) => setText(target.value)}
            className="font-mono text-xs"
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button type="button" onClick={p.onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" variant="primary" disabled={isBusy}>
            {words('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
