'use client'
import { Command } from 'cmdk'
import { Dialog as Primitive } from 'radix-ui'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Kbd } from './display.tsx'

export type PaletteItem = {
  id: string
  label: string
  detail?: string | undefined
  icon?: ReactNode
  keywords?: string[]
  onSelect: () => void
}
export type PaletteGroup = { heading: string; items: readonly PaletteItem[] }

/**
 * Search over everything. Groups come ready from the caller, who may fill them from a server while the person types
 * (`onQuery`); matching and order are the palette's.
 */
export const CommandPalette = (p: {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  placeholder: string
  nothing: string
  query: string
  onQuery: (query: string) => void
  groups: readonly PaletteGroup[]
}) => (
  <Primitive.Root open={p.open} onOpenChange={p.onOpenChange}>
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
      <Primitive.Content
        aria-describedby={undefined}
        className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-pop-in overflow-hidden rounded-xl bg-raised shadow-pop focus:outline-none"
      >
        <Primitive.Title className="sr-only">{p.label}</Primitive.Title>
        <Command label={p.label} loop className="flex max-h-[60vh] flex-col">
          <div className="flex items-center gap-2.5 border-b px-4">
            <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
            <Command.Input
              value={p.query}
              onValueChange={p.onQuery}
              placeholder={p.placeholder}
              className="h-12 w-full bg-transparent text-base text-ink outline-none placeholder:text-ink-3"
            />
            <span className="max-sm:hidden">
              <Kbd>Esc</Kbd>
            </span>
          </div>
          <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
            <Command.Empty className="py-10 text-center text-sm text-ink-3">{p.nothing}</Command.Empty>
            {p.groups
              .filter((group) => group.items.length > 0)
              .map((group) => (
                <Command.Group
                  key={group.heading}
                  heading={group.heading}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {group.items.map((item) => (
                    <Command.Item
                      key={item.id}
                      value={`${item.id} ${item.label}`}
                      keywords={[item.label, ...(item.keywords ?? [])]}
                      onSelect={item.onSelect}
                      className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm text-ink data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3"
                    >
                      {item.icon}
                      <span className="truncate">{item.label}</span>
                      {item.detail ? (
                        <span className="ml-auto truncate pl-3 text-xs text-ink-3">{item.detail}</span>
                      ) : null}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
          </Command.List>
        </Command>
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)
