import type { AttributeValue } from '../host/host.ts'
import { numberOf } from '../style/color-settings.ts'
import { type LiquidLevelSettings, tankShapes, type TankShape } from './manifest.ts'
import { type Tank, volumeUnits } from './volume.ts'

/** Whether anything of the tank is told by attributes of its entity. */
export const asksAttributes = (settings: LiquidLevelSettings): boolean =>
  [settings.tankSelectionType, settings.volumeSource, settings.volumeUnitsSource, settings.widgetUnitsSource].includes(
    'attribute',
  )

type Described = {
  shape: TankShape
  tank: Tank
  /** What amounts are shown in. */
  units: string
  /** Attributes that are missing or say nothing of use; settings of the widget stand in for them. */
  missing: string[]
}

/** @param attributes undefined while they are not known, which is no fault */
export const describeTank = (
  settings: LiquidLevelSettings,
  attributes: readonly AttributeValue[] | undefined,
  widgetUnits: string | null,
): Described => {
  const missing: string[] = []
  const told = <T>(source: 'static' | 'attribute', key: string, fixed: T, read: (value: unknown) => T | null): T => {
    if (source === 'static' || attributes === undefined) return fixed
    const value = read(attributes.find((one) => one.key === key)?.value)
    if (value === null) missing.push(key)
    return value ?? fixed
  }
  const unit = (value: unknown) =>
    volumeUnits.find(
      (one) =>
        one ===
        String(value ?? '')
          .normalize()
          .trim(),
    ) ?? null
  const volume = (value: unknown) => {
    const number = numberOf(value)
    return number !== null && number > 0 ? number : null
  }
  const shape = (value: unknown) => tankShapes.find((one) => one === value) ?? null
  const fixedUnits = widgetUnits && volumeUnits.includes(widgetUnits) ? widgetUnits : settings.units
  return {
    shape: told(settings.tankSelectionType, settings.shapeAttributeName, settings.selectedShape, shape),
    tank: {
      volume: told(settings.volumeSource, settings.volumeAttributeName, volume(settings.volumeConstant) ?? 500, volume),
      units: told(settings.volumeUnitsSource, settings.volumeUnitsAttributeName, settings.volumeUnits, unit),
    },
    units: told(settings.widgetUnitsSource, settings.widgetUnitsAttributeName, fixedUnits, unit),
    missing,
  }
}
