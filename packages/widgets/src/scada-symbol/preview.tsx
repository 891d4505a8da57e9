'use client'
import { type DrawingState, SymbolDrawing } from '../engines/scada/drawing.tsx'
import { symbolProperties } from '../engines/scada/plan.ts'
import type { SymbolFile } from '../engines/scada/read-symbol.ts'

/** As it looks where all is well: it runs, is open, half full, without alarms. */
const usual: Readonly<Record<string, unknown>> = {
  running: true,
  opened: true,
  initialState: true,
  fluid: true,
  leftFluid: true,
  rightFluid: true,
  topFluid: true,
  bottomFluid: true,
  tankCapacity: 100,
  currentVolume: 60,
  value: 42,
  level: 60,
  temperature: 21,
  connected: true,
  operatingMode: true,
  voltage: 230,
  inputVoltage: 198,
  outputVoltage: 230,
}
const nothingSet = { behavior: {}, properties: {} }

/** A symbol as a picture, to choose from. One with code is drawn as its file has it before the code runs. */
export const SymbolPreview = ({ symbol, label }: { symbol: SymbolFile; label: string }) => {
  const properties = symbolProperties(symbol.metadata, nothingSet)
  const initial = symbol.metadata.behavior.map(({ id, defaultGetValueSettings }) => [
    id,
    defaultGetValueSettings?.defaultValue,
  ])
  const state: DrawingState = {
    scope: { values: { ...Object.fromEntries(initial), ...usual }, properties },
    defaults: properties,
    locale: 'en',
    unitSystem: 'METRIC',
    actionOf: () => null,
  }
  return <SymbolDrawing symbol={symbol} state={state} label={label} isDimmed={false} />
}
