// A Vulkan driver in front of Mesa's RADV, for a machine without a card. With RADV_FORCE_FAMILY RADV compiles
// for a card that is not there, but it cannot record or submit commands then. Here these succeed and do nothing.
// Build: gcc -shared -fPIC -O1 -o libnull_driver.so null_driver.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Of Vulkan only these types matter: handles are pointers, and a result of 0 is VK_SUCCESS.
typedef void (*function)(void);
typedef function (*get_function)(void *handle, const char *name);
typedef int32_t (*negotiate)(uint32_t *version);

static get_function instance_functions, physical_device_functions, device_functions;
static negotiate real_negotiate;

static void load(void) {
  if (instance_functions) return;
  const char *path = getenv("NULL_DRIVER_OF");
  void *driver = dlopen(path ? path : "libvulkan_radeon.so", RTLD_NOW | RTLD_LOCAL);
  if (!driver) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  instance_functions = (get_function)dlsym(driver, "vk_icdGetInstanceProcAddr");
  physical_device_functions = (get_function)dlsym(driver, "vk_icdGetPhysicalDeviceProcAddr");
  real_negotiate = (negotiate)dlsym(driver, "vk_icdNegotiateLoaderICDInterfaceVersion");
}

static int32_t succeed(void) { return 0; }

static int is_command(const char *name) {
  static const char *names[] = {"vkBeginCommandBuffer", "vkEndCommandBuffer", "vkResetCommandBuffer", "vkQueueSubmit",
                                "vkQueueSubmit2",       "vkQueueSubmit2KHR",  "vkQueueWaitIdle",      "vkDeviceWaitIdle",
                                "vkWaitForFences",      "vkGetFenceStatus",   "vkResetFences",        "vkResetCommandPool"};
  if (!strncmp(name, "vkCmd", 5)) return 1;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (!strcmp(name, names[i])) return 1;
  return 0;
}

static function of_device(void *device, const char *name) {
  if (!strcmp(name, "vkGetDeviceProcAddr")) return (function)of_device;
  function found = device_functions(device, name);
  return found && is_command(name) ? (function)succeed : found;
}

function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  load();
  function found = instance_functions(instance, name);
  if (!strcmp(name, "vkGetDeviceProcAddr")) {
    if (found) device_functions = (get_function)found;
    return (function)of_device;
  }
  return found && is_command(name) ? (function)succeed : found;
}

function vk_icdGetPhysicalDeviceProcAddr(void *instance, const char *name) {
  load();
  return physical_device_functions ? physical_device_functions(instance, name) : NULL;
}

int32_t vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *version) {
  load();
  return real_negotiate(version);
}
