using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What identifies the product that made a result.</summary>
public static class Product
{
    /// <summary>Version, such as <c>0.1.0</c>.</summary>
    public static string Version => ProductVersion.Text;

    /// <summary>
    /// Changes whenever the code of the library or of the renderers changes: builds are deterministic, so equal code has an equal fingerprint.
    /// Results that are kept to be continued carry it, so that those of other code are made again.
    /// </summary>
    public static string Fingerprint { get; } = $"{Version} {typeof(ISystem).Assembly.ManifestModule.ModuleVersionId:N} {typeof(FigureRenderer).Assembly.ManifestModule.ModuleVersionId:N}";

    /// <summary>The program itself, as results that rest on it cite it.</summary>
    public static Citation Citation { get; } = new("eigenflow", "Eigenflow " + Version, "Eigenflow: a workbench for the theory of learning dynamics", $$$"""
        @software{eigenflow,
          author = {{The Eigenflow authors}},
          title = {Eigenflow: a workbench for the theory of learning dynamics},
          version = {{{{Version}}}},
          year = {2026},
          license = {MIT}
        }
        """);
}
