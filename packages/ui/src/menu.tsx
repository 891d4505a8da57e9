'use client'
import { DropdownMenu as Primitive, Popover as PopoverPrimitive, Tooltip as TooltipPrimitive } from 'radix-ui'
import { Check, Ellipsis } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.ts'

const panel = 'z-50 animate-pop-in rounded-lg bg-raised p-1 text-sm text-ink shadow-pop focus:outline-none'
const row =
  'flex h-8 cursor-default items-center gap-2 rounded-md px-2 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-3 pointer-coarse:min-h-10'

export const Menu = (p: {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  className?: string
}) => (
  <Primitive.Root modal={false}>
    <Primitive.Trigger asChild>{p.trigger}</Primitive.Trigger>
    <Primitive.Portal>
      <Primitive.Content
        align={p.align ?? 'end'}
        side={p.side ?? 'bottom'}
        sideOffset={6}
        collisionPadding={8}
        className={cn(panel, 'min-w-48', p.className)}
      >
        {p.children}
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)

/** The three dots with what can be done; in a row of a table they show when it is pointed at. */
export const ActionsMenu = ({ label, inRow, children }: { label: string; inRow?: boolean; children: ReactNode }) => (
  <Menu
    trigger={
      <IconButton
        label={label}
        {...(inRow
          ? {
              size: 'icon-sm' as const,
              className:
                'md:opacity-0 md:group-hover:opacity-100 md:focus-visible:opacity-100 md:data-[state=open]:opacity-100',
            }
          : {})}
      >
        <Ellipsis />
      </IconButton>
    }
  >
    {children}
  </Menu>
)

export const MenuItem = (p: {
  children: ReactNode
  /** The menu closes, unless the default of the event is prevented. */
  onSelect: (event: Event) => void
  danger?: boolean
  disabled?: boolean
  shortcut?: ReactNode
}) => (
  <Primitive.Item
    disabled={p.disabled ?? false}
    onSelect={p.onSelect}
    className={cn(row, p.danger && 'text-danger-text [&_svg]:text-danger-text')}
  >
    {p.children}
    {p.shortcut ? <span className="ml-auto pl-4 text-xs text-ink-3 pointer-coarse:hidden">{p.shortcut}</span> : null}
  </Primitive.Item>
)

/** One of several in a row, which are only pictures; `label` is its name. */
export const MenuIconItem = (p: { label: string; onSelect: () => void; children: ReactNode }) => (
  <Primitive.Item
    aria-label={p.label}
    title={p.label}
    onSelect={p.onSelect}
    className={cn(row, 'size-7 justify-center px-0 pointer-coarse:size-10')}
  >
    {p.children}
  </Primitive.Item>
)

export const MenuCheck = (p: { children: ReactNode; checked: boolean; onChange: (checked: boolean) => void }) => (
  <Primitive.CheckboxItem
    checked={p.checked}
    onCheckedChange={p.onChange}
    onSelect={(event) => event.preventDefault()}
    className={row}
  >
    <span className="flex size-4 items-center justify-center">
      <Primitive.ItemIndicator>
        <Check />
      </Primitive.ItemIndicator>
    </span>
    {p.children}
  </Primitive.CheckboxItem>
)

export const MenuRadio = (p: {
  value: string
  onChange: (value: string) => void
  options: { value: string; label: ReactNode }[]
}) => (
  <Primitive.RadioGroup value={p.value} onValueChange={p.onChange}>
    {p.options.map((option) => (
      <Primitive.RadioItem key={option.value} value={option.value} className={row}>
        <span className="flex-1">{option.label}</span>
        <Primitive.ItemIndicator>
          <Check />
        </Primitive.ItemIndicator>
      </Primitive.RadioItem>
    ))}
  </Primitive.RadioGroup>
)

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Primitive.Label className="px-2 pt-2 pb-1 text-xs font-medium text-ink-3">{children}</Primitive.Label>
)

export const MenuSeparator = () => <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />

export const Popover = (p: {
  trigger: ReactNode
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  className?: string
  label: string
}) => (
  <PopoverPrimitive.Root
    {...(p.open === undefined ? {} : { open: p.open })}
    {...(p.onOpenChange ? { onOpenChange: p.onOpenChange } : {})}
  >
    <PopoverPrimitive.Trigger asChild>{p.trigger}</PopoverPrimitive.Trigger>
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        aria-label={p.label}
        align={p.align ?? 'end'}
        sideOffset={6}
        collisionPadding={8}
        className={cn(panel, 'p-3', p.className)}
      >
        {p.children}
      </PopoverPrimitive.Content>
    </PopoverPrimitive.Portal>
  </PopoverPrimitive.Root>
)

type At = { x: number; y: number }

/** A menu at a place of the screen: what a right click opens. `onClosed` takes the focus back to where it was. */
export const MenuAt = (p: {
  at: At
  label: string
  onClose: () => void
  onClosed: () => void
  children: ReactNode
}) => (
  <Primitive.Root open modal={false} onOpenChange={(open) => !open && p.onClose()}>
    <Primitive.Trigger asChild>
      <button
        type="button"
        aria-hidden
        tabIndex={-1}
        className="pointer-events-none fixed size-0 opacity-0"
        style={{ left: p.at.x, top: p.at.y }}
      />
    </Primitive.Trigger>
    <Primitive.Portal>
      <Primitive.Content
        aria-label={p.label}
        align="start"
        side="bottom"
        sideOffset={2}
        collisionPadding={8}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          p.onClosed()
        }}
        className={cn(panel, 'max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto')}
      >
        {p.children}
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
)

/** A popover at a place of the screen. `onClosed` takes the focus back to where it was. */
export const PopoverAt = (p: {
  at: At
  label: string
  onClose: () => void
  onClosed: () => void
  className?: string
  children: ReactNode
}) => {
  const { x, y } = p.at
  const anchor = useMemo(() => ({ current: { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) } }), [x, y])
  return (
    <PopoverPrimitive.Root open onOpenChange={(open) => !open && p.onClose()}>
      <PopoverPrimitive.Anchor virtualRef={anchor} />
      <PopoverPrimitive.Portal>
        <PopoverPrimitive.Content
          aria-label={p.label}
          align="start"
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            p.onClosed()
          }}
          className={cn(panel, 'p-0', p.className)}
        >
          {p.children}
        </PopoverPrimitive.Content>
      </PopoverPrimitive.Portal>
    </PopoverPrimitive.Root>
  )
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <TooltipPrimitive.Provider delayDuration={350} skipDelayDuration={150}>
    {children}
  </TooltipPrimitive.Provider>
)

export const Tooltip = (p: { content: ReactNode; children: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left' }) => (
  <TooltipPrimitive.Root>
    <TooltipPrimitive.Trigger asChild>{p.children}</TooltipPrimitive.Trigger>
    <TooltipPrimitive.Portal>
      <TooltipPrimitive.Content
        side={p.side ?? 'top'}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 max-w-72 animate-fade-in rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-pop"
      >
        {p.content}
      </TooltipPrimitive.Content>
    </TooltipPrimitive.Portal>
  </TooltipPrimitive.Root>
)
