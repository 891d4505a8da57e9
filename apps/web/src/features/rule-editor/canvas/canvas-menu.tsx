'use client'
import { chainColors } from '@thingwire/contracts'
import { MenuAt, MenuIconItem, MenuItem, MenuLabel, MenuSeparator } from '@thingwire/ui'
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  ArrowRightToLine,
  Cable,
  ClipboardPaste,
  Copy,
  CopyPlus,
  FoldVertical,
  Group,
  LayoutDashboard,
  LogIn,
  type LucideIcon,
  Maximize,
  Pencil,
  Plus,
  Scissors,
  Settings2,
  SkipForward,
  SquareDashedMousePointer,
  StickyNote,
  Tags,
  Trash2,
  Ungroup,
  Workflow,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Place } from '../model/places.ts'
import { calledChain } from '../model/problems.ts'
import type { CanvasActions } from './actions.ts'
import { type Alignment, alignments, type Distribution, distributions } from './align.ts'
import { useCanvas } from './canvas-context.ts'
import { type Command, isMac, keysOf } from './keymap.ts'
import { toneOf } from './note-view.tsx'
import type { MenuOf } from './popup.ts'

/** The menu of what is selected, beside it; of the canvas when nothing is. */
export const openSelectionMenu = (canvas: CanvasActions): void => {
  const { nodes, wires, notes } = canvas.editor.get().selection
  const [node] = nodes
  const [wire] = wires
  const [note] = notes
  if (node !== undefined) canvas.openMenu(canvas.screenOf(node), { kind: 'nodes', ids: [...nodes] })
  else if (note !== undefined) {
    const isGroup = canvas.editor.document.notes[note]?.group
    canvas.openMenu(canvas.screenOf(note), { kind: isGroup ? 'group' : 'note', id: note })
  } else if (wire !== undefined) canvas.openMenu(canvas.screenOfWire(wire), { kind: 'wire', id: wire })
  else {
    const at = canvas.middleOfView()
    canvas.openMenu(at, { kind: 'canvas', place: canvas.rf.screenToFlowPosition(at) })
  }
}

/** The menu of a node, note or group; of all that is selected when that is part of it. */
export const openNodeMenu = (canvas: CanvasActions, id: string, at: Place): void => {
  const { editor, openMenu } = canvas
  const selection = () => editor.get().selection
  const note = editor.document.notes[id]
  if (editor.document.nodes[id]) {
    if (!selection().nodes.has(id)) editor.select({ nodes: new Set([id]) })
    openMenu(at, { kind: 'nodes', ids: [...selection().nodes] })
  } else if (note) {
    if (!selection().notes.has(id)) editor.select({ notes: new Set([id]) })
    openMenu(at, { kind: note.group ? 'group' : 'note', id })
  }
}

export const openWireMenu = ({ editor, openMenu }: CanvasActions, id: string, at: Place): void => {
  if (!editor.document.wires[id]) return
  editor.select({ wires: new Set([id]) })
  openMenu(at, { kind: 'wire', id })
}

const openCanvasMenu = ({ openMenu, rf }: CanvasActions, at: Place): void =>
  openMenu(at, { kind: 'canvas', place: rf.screenToFlowPosition(at) })

/** The menu of what is there on the picture that is seen from afar, or else of the canvas. */
export const openPaneMenu = (canvas: CanvasActions, at: Place): void => {
  const hit = canvas.hitFromAfar(at)
  if (hit?.kind === 'node') openNodeMenu(canvas, hit.id, at)
  else if (hit) openWireMenu(canvas, hit.id, at)
  else openCanvasMenu(canvas, at)
}

/** The menu of what is drawn by an element. */
export const openMenuOf = (canvas: CanvasActions, drawn: Element, at: Place): void => {
  const node = drawn.closest<HTMLElement>('.react-flow__node')?.dataset.id
  const wire =
    drawn.closest<HTMLElement>('[data-wire]')?.dataset.wire ??
    drawn.closest('.react-flow__edge')?.getAttribute('data-id')
  if (node !== undefined) openNodeMenu(canvas, node, at)
  else if (wire != null) openWireMenu(canvas, wire, at)
  else if (drawn.closest('.react-flow__pane')) openPaneMenu(canvas, at)
}

const Keys = ({ of }: { of: Command }) => {
  const [keys] = keysOf(of, isMac())
  return keys ? keys.join(isMac() ? '' : '+') : null
}

type ItemProps = {
  icon: ReactNode
  label: string
  run: () => void
  keys?: Command
  danger?: boolean
  disabled?: boolean
}
const Item = ({ icon, label, run, keys, danger, disabled }: ItemProps) => (
  <MenuItem
    // The menu takes the focus back when it closes; what opens next must come after that.
    onSelect={() => setTimeout(run)}
    {...(keys && { shortcut: <Keys of={keys} /> })}
    {...(danger && { danger })}
    {...(disabled && { disabled })}
  >
    {icon}
    {label}
  </MenuItem>
)

export const CanvasMenu = ({ at, of }: { at: Place; of: MenuOf }) => {
  const t = useTranslations('chainCanvas.menu')
  const { closePopup, refocus } = useCanvas()
  const label = of.kind === 'nodes' ? (of.ids.length === 1 ? t('node') : t('nodes')) : t(of.kind)
  return (
    <MenuAt at={at} label={label} onClose={closePopup} onClosed={refocus}>
      {of.kind === 'canvas' ? <CanvasItems at={at} place={of.place} /> : null}
      {of.kind === 'nodes' ? <NodeItems ids={of.ids} /> : null}
      {of.kind === 'wire' ? <WireItems id={of.id} at={at} /> : null}
      {of.kind === 'note' || of.kind === 'group' ? <NoteItems id={of.id} /> : null}
    </MenuAt>
  )
}

const CanvasItems = ({ at, place }: { at: Place; place: Place }) => {
  const t = useTranslations('chainCanvas.menu')
  const canvas = useCanvas()
  const isReadOnly = canvas.isReadOnly()
  return (
    <>
      <Item
        icon={<Plus />}
        label={t('add')}
        keys="add"
        run={() => canvas.openAdd({ at, place })}
        disabled={isReadOnly}
      />
      <Item
        icon={<StickyNote />}
        label={t('addNote')}
        keys="note"
        run={() => canvas.addNote(place)}
        disabled={isReadOnly}
      />
      <Item
        icon={<ClipboardPaste />}
        label={t('paste')}
        keys="paste"
        run={() => void canvas.paste(place)}
        disabled={isReadOnly}
      />
      <MenuSeparator />
      <Item
        icon={<LayoutDashboard />}
        label={t('arrange')}
        keys="arrange"
        run={() => void canvas.arrange(true)}
        disabled={isReadOnly}
      />
      <Item icon={<SquareDashedMousePointer />} label={t('selectAll')} keys="selectAll" run={canvas.selectAll} />
      <Item icon={<Maximize />} label={t('fit')} keys="fit" run={canvas.fit} />
    </>
  )
}

const ClipboardItems = () => {
  const t = useTranslations('chainCanvas.menu')
  const canvas = useCanvas()
  const isReadOnly = canvas.isReadOnly()
  return (
    <>
      <Item icon={<Scissors />} label={t('cut')} keys="cut" run={() => void canvas.cut()} disabled={isReadOnly} />
      <Item icon={<Copy />} label={t('copy')} keys="copy" run={() => void canvas.copy()} />
      <Item icon={<CopyPlus />} label={t('duplicate')} keys="duplicate" run={canvas.duplicate} disabled={isReadOnly} />
    </>
  )
}

const NodeItems = ({ ids }: { ids: readonly string[] }) => {
  const t = useTranslations('chainCanvas.menu')
  const canvas = useCanvas()
  const { document } = canvas.editor
  const isReadOnly = canvas.isReadOnly()
  const [id] = ids
  const only = ids.length === 1 && id !== undefined ? id : null
  const onlyNode = document.nodes[only ?? '']
  const isBypassed = ids.every((one) => document.nodes[one]?.bypass)
  return (
    <>
      {only === null ? null : (
        <>
          <Item icon={<Settings2 />} label={t('settings')} keys="open" run={() => canvas.openSettings(only)} />
          {onlyNode && calledChain(onlyNode) ? (
            <Item
              icon={<Workflow />}
              label={t('openChain')}
              keys="openChain"
              run={() => void canvas.openCalled(only)}
            />
          ) : null}
          <MenuSeparator />
          <Item
            icon={<Plus />}
            label={t('addAfter')}
            keys="add"
            run={() => canvas.openAdd({ from: only })}
            disabled={isReadOnly}
          />
          <Item
            icon={<Cable />}
            label={t('connect')}
            keys="connect"
            run={() => canvas.openTarget(only)}
            disabled={isReadOnly}
          />
          <Item
            icon={<LogIn />}
            label={t('entry')}
            run={() => canvas.enterAt(only)}
            disabled={isReadOnly || document.entry === only}
          />
          <MenuSeparator />
        </>
      )}
      <Item
        icon={<SkipForward />}
        label={t(isBypassed ? 'unbypass' : 'bypass')}
        keys="bypass"
        run={() => canvas.toggleBypass(ids)}
        disabled={isReadOnly}
      />
      <Item icon={<Group />} label={t('makeGroup')} keys="group" run={canvas.group} disabled={isReadOnly} />
      <Item icon={<Workflow />} label={t('nest')} keys="nest" run={canvas.openNest} disabled={isReadOnly} />
      {onlyNode && calledChain(onlyNode) ? (
        <Item
          icon={<FoldVertical />}
          label={t('inline')}
          run={() => void canvas.inline(onlyNode.id)}
          disabled={isReadOnly}
        />
      ) : null}
      {ids.length > 1 && !isReadOnly ? <AlignItems count={ids.length} /> : null}
      <MenuSeparator />
      <ClipboardItems />
      <MenuSeparator />
      <Item
        icon={<Trash2 />}
        label={t('remove')}
        keys="remove"
        run={canvas.removeSelected}
        danger
        disabled={isReadOnly}
      />
    </>
  )
}

const alignIcons: Record<Alignment | Distribution, LucideIcon> = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
  columns: AlignHorizontalDistributeCenter,
  rows: AlignVerticalDistributeCenter,
}

/** All in one row of pictures: one looks for the shape, not for the word. */
const AlignItems = ({ count }: { count: number }) => {
  const t = useTranslations('chainCanvas')
  const canvas = useCanvas()
  const one = (how: Alignment | Distribution, run: () => void) => {
    const Icon = alignIcons[how]
    return (
      <MenuIconItem key={how} label={t(`align.${how}`)} onSelect={() => setTimeout(run)}>
        <Icon />
      </MenuIconItem>
    )
  }
  return (
    <>
      <MenuSeparator />
      <Item
        icon={<LayoutDashboard />}
        label={t('menu.arrangeSelection')}
        keys="arrange"
        run={() => void canvas.arrange()}
      />
      <div role="presentation" className="flex px-1">
        {alignments.map((how) => one(how, () => canvas.align(how)))}
        {count > 2 ? distributions.map((how) => one(how, () => canvas.distribute(how))) : null}
      </div>
    </>
  )
}

const WireItems = ({ id, at }: { id: string; at: Place }) => {
  const t = useTranslations('chainCanvas.menu')
  const canvas = useCanvas()
  const wire = canvas.editor.document.wires[id]
  const isReadOnly = canvas.isReadOnly()
  if (!wire) return null
  return (
    <>
      <Item
        icon={<Tags />}
        label={t('labels')}
        keys="labels"
        run={() => canvas.openLabels(wire.from, wire.to, at)}
        disabled={isReadOnly}
      />
      <Item
        icon={<ArrowRightToLine />}
        label={t('insert')}
        keys="add"
        run={() => canvas.openAdd({ at, wire: id })}
        disabled={isReadOnly}
      />
      <MenuSeparator />
      <Item
        icon={<Trash2 />}
        label={t('remove')}
        keys="remove"
        run={() => canvas.removeWire([id])}
        danger
        disabled={isReadOnly}
      />
    </>
  )
}

const NoteItems = ({ id }: { id: string }) => {
  const t = useTranslations('chainCanvas.menu')
  const color = useTranslations('chainCanvas.color')
  const canvas = useCanvas()
  const isGroup = canvas.editor.document.notes[id]?.group !== null
  const isReadOnly = canvas.isReadOnly()
  return (
    <>
      <Item icon={<Pencil />} label={t('edit')} keys="open" run={() => canvas.startWriting(id)} disabled={isReadOnly} />
      {isGroup ? (
        <Item icon={<Ungroup />} label={t('ungroup')} run={() => canvas.ungroup(id)} disabled={isReadOnly} />
      ) : null}
      <MenuSeparator />
      <ClipboardItems />
      <MenuSeparator />
      <MenuLabel>{t('color')}</MenuLabel>
      {chainColors.map((one) => (
        <Item
          key={one}
          icon={<span aria-hidden className="size-3 rounded-full" style={{ background: toneOf(one) }} />}
          label={color(one)}
          run={() => canvas.color(id, one)}
          disabled={isReadOnly}
        />
      ))}
      <MenuSeparator />
      <Item
        icon={<Trash2 />}
        label={t('remove')}
        keys="remove"
        run={canvas.removeSelected}
        danger
        disabled={isReadOnly}
      />
    </>
  )
}
