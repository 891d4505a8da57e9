'use client'
import { IconButton, Menu, MenuItem } from '@thingwire/ui'
import { ChartLine, Ellipsis, FileSpreadsheet, ImageDown, Table2, ZoomOut } from 'lucide-react'
import type { ChartWords } from './words.ts'

/** What can be done with a chart; it shows when the chart is pointed at. */
export const ChartMenu = (p: {
  words: ChartWords
  isTable: boolean
  isZoomed: boolean
  onTable: () => void
  onCsv: () => void
  onPng: () => void
  onReset: () => void
}) => (
  <div className="absolute top-0 right-1 z-10 flex items-center gap-1 opacity-0 transition-opacity duration-100 group-hover/chart:opacity-100 focus-within:opacity-100 has-data-[state=open]:opacity-100 motion-reduce:transition-none [@media(hover:none)]:opacity-70">
    <Menu
      trigger={
        <IconButton label={p.words('menu')} size="icon-sm" className="bg-surface/80">
          <Ellipsis />
        </IconButton>
      }
    >
      {p.isZoomed ? (
        <MenuItem onSelect={p.onReset}>
          <ZoomOut />
          {p.words('resetZoom')}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={p.onTable}>
        {p.isTable ? <ChartLine /> : <Table2 />}
        {p.words(p.isTable ? 'chart' : 'table')}
      </MenuItem>
      <MenuItem onSelect={p.onCsv}>
        <FileSpreadsheet />
        {p.words('csv')}
      </MenuItem>
      {p.isTable ? null : (
        <MenuItem onSelect={p.onPng}>
          <ImageDown />
          {p.words('png')}
        </MenuItem>
      )}
    </Menu>
  </div>
)
