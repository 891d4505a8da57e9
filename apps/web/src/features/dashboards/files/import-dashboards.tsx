'use client'
import { ImportDialog } from './import-dialog.tsx'
import { useDashboardImport } from './use-import.ts'

/** The import of dashboards, as long as it is open. */
export const ImportDashboards = ({ onClose }: { onClose: () => void }) => {
  const work = useDashboardImport()
  return <ImportDialog open onClose={onClose} work={work} />
}
