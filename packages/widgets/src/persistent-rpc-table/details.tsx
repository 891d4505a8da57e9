'use client'
import type { Rpc } from '@thingwire/contracts'
import { Dialog } from '@thingwire/ui'
import { useWords } from '../texts/use-texts.ts'
import { callOf } from './rows.ts'
import { storedCommandsWords } from './words.ts'

const printed = (value: unknown): string => (value === undefined ? 'null' : (JSON.stringify(value, null, 2) ?? ''))

/** What a stored command asked, and what the device answered. */
export const CommandDetails = ({ rpc, onClose }: { rpc: Rpc; onClose: () => void }) => {
  const words = useWords('persistent-rpc-table', storedCommandsWords)
  const { method, params } = callOf(rpc)
  const part = (title: string, text: string) => (
    <section className="grid gap-1">
      <h3 className="text-xs font-medium text-ink-2">{title}</h3>
      <pre className="max-h-48 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
        {text}
      </pre>
    </section>
  )
  return (
    <Dialog open onOpenChange={onClose} title={method} description={words(rpc.status)} closeLabel={words('close')}>
      <div className="grid gap-3">
        {part(words('params'), printed(params))}
        {part(
          words('answer'),
          rpc.response === null || rpc.response === undefined ? words('noAnswer') : printed(rpc.response),
        )}
        <p className="font-mono text-2xs break-all text-ink-3">{rpc.id.id}</p>
      </div>
    </Dialog>
  )
}
