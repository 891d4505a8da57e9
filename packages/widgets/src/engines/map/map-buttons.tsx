'use client'
import { readAction } from '@thingwire/dashboards'
import { IconButton } from '@thingwire/ui'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import { cssColor } from '../../style/rgb.ts'
import type { SketchKind } from './edit/editable.ts'
import type { MapSettings } from './settings.ts'

/** How all buttons on a map look. */
export const mapButton = { size: 'icon-sm', variant: 'secondary' } as const

/** Files have it where nobody chose one; it is not seen in the dark. */
const fileColor = '#0000008a'

/** Buttons that the file puts on the map; those that place something start drawing. */
export const ActionButtons = (p: {
  settings: MapSettings
  onSketch: (kind: SketchKind, onDrawn?: (coordinates: unknown) => void) => void
}) => {
  const { actions } = useWidgetHost()
  return p.settings.mapActionButtons.map(({ label, icon, color, action: file }, index) => {
    const action = readAction(file, 'mapAction', `mapAction-${index}`)
    if (!action || action.kind.type === 'nothing') return null
    const { kind } = action
    return (
      <IconButton
        // biome-ignore lint/suspicious/noArrayIndexKey: buttons of a file have nothing else that tells them apart
        key={index}
        label={label || action.name}
        {...mapButton}
        onClick={(event) => {
          if (kind.type !== 'placeMapItem') return actions.run(action, { anchor: event.currentTarget })
          const { custom } = kind
          p.onSketch(
            kind.shape,
            custom && ((coordinates) => actions.run({ ...action, kind: custom }, { params: { coordinates } })),
          )
        }}
      >
        <span style={color === '' || color === fileColor ? undefined : { color: cssColor(color) }}>
          <WidgetIcon name={icon} size={16} />
        </span>
      </IconButton>
    )
  })
}
