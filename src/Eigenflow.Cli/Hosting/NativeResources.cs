using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Eigenflow.Cli;

/// <summary>
/// Native libraries that a single-file build has as resources. On Linux they are loaded from memory, so that neither HOME nor any folder need be writable; elsewhere, and where the system
/// forbids it, from a new folder of temporary files. Without resources, as in every other build, the files beside the program are used.
/// </summary>
internal static class NativeResources
{
    /// <summary>Registers them for the libraries of drawing and of fonts.</summary>
    public static void Register()
    {
        if (Array.Exists(typeof(NativeResources).Assembly.GetManifestResourceNames(), name => name.StartsWith("native/", StringComparison.Ordinal)))
            Resolve();
    }

    // Apart, so that other builds do not load the libraries at every start.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Resolve()
    {
        NativeLibrary.SetDllImportResolver(typeof(SkiaSharp.SKTypeface).Assembly, Load);
        NativeLibrary.SetDllImportResolver(typeof(HarfBuzzSharp.Blob).Assembly, Load);
    }

    private static IntPtr Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var resource = Array.Find(typeof(NativeResources).Assembly.GetManifestResourceNames(), one => string.Equals(Path.GetFileNameWithoutExtension(one), name, StringComparison.Ordinal));
        if (resource is null)
            return IntPtr.Zero;
        using var stream = typeof(NativeResources).Assembly.GetManifestResourceStream(resource)!;
        return OperatingSystem.IsLinux() && FromMemory(name, stream) is var library and not 0 ? library : FromFile(resource, stream);
    }

    private static IntPtr FromMemory(string name, Stream stream)
    {
        // Stays open: the linker knows libraries by their path, and the next one must not have the same.
        var handle = new SafeFileHandle(CreateMemoryFile(name, 0), ownsHandle: false);
        if (handle.IsInvalid)
            return IntPtr.Zero;
        using var memory = new FileStream(handle, FileAccess.Write, 1);
        stream.CopyTo(memory);
        memory.Flush();
        return NativeLibrary.TryLoad(FormattableString.Invariant($"/proc/self/fd/{handle.DangerousGetHandle()}"), out var library) ? library : IntPtr.Zero;
    }

    private static IntPtr FromFile(string resource, Stream stream)
    {
        stream.Position = 0;
        var folder = Directory.CreateTempSubdirectory("eigenflow-");
        var file = Path.Combine(folder.FullName, Path.GetFileName(resource));
        try
        {
            using (var copy = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
                stream.CopyTo(copy);
            return NativeLibrary.Load(file);
        }
        finally
        {
            // What is loaded needs its name no more; Windows keeps it until the process ends.
            if (!OperatingSystem.IsWindows())
                folder.Delete(recursive: true);
        }
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CreateMemoryFile([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
