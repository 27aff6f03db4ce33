using System.Reflection;

namespace Eigenflow;

/// <summary>Version of the product.</summary>
public static class ProductVersion
{
    /// <summary>As text, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
