export function findChromium(): { path?: string; reason?: string };
export function findDeno(): { path?: string; reason?: string };
export const OLDEST_FIREFOX: number;
export function findFirefox(): { path?: string; reason?: string };
export function findMpirun(): { path?: string; reason?: string };
export function findVulkanDrivers(): {
  lavapipe?: string;
  swiftshader?: string;
  reasons: { lavapipe?: string; swiftshader?: string };
};
