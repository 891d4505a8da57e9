import { Switch } from '@thingwire/ui'

/** A switch with its words: what it does, and what that means. */
export const SwitchRow = (p: {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}) => (
  <div className="flex items-start justify-between gap-4">
    <div className="min-w-0">
      <p className="text-sm font-medium text-ink">{p.label}</p>
      {p.hint ? <p className="mt-0.5 text-xs text-ink-3">{p.hint}</p> : null}
    </div>
    <span className="pt-0.5">
      <Switch label={p.label} checked={p.checked} onChange={p.onChange} />
    </span>
  </div>
)
