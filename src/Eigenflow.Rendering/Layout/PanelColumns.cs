using Eigenflow.Figures;

namespace Eigenflow.Rendering.Layout;

/// <summary>How many panels stand side by side.</summary>
internal static class PanelColumns
{
    /// <summary>What the figure asks for; otherwise up to three panels in one row, four in two rows, more in rows of three.</summary>
    public static int Of(Figure figure) => Math.Min(figure.Panels.Count, figure.Columns ?? (figure.Panels.Count == 4 ? 2 : 3));
}
