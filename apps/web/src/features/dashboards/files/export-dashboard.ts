import { getWholeDashboard } from '@/api/dashboards.ts'
import { saveJson } from '@/components/json-file.tsx'

/** Saves the dashboard as the file that ThingsBoard, too, exports and imports: its document untouched, without ids. */
export const exportDashboard = async (dashboardId: string): Promise<void> => {
  const { title, name, image, mobileHide, mobileOrder, configuration, resources } = await getWholeDashboard(dashboardId)
  saveJson(title, { title, image, mobileHide, mobileOrder, configuration, name, resources: resources ?? [] })
}
