using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A panel as it is drawn, with what asked for it. One that asks for several may be drawn as several: solutions along different axes share none.</summary>
/// <param name="Shown">What the system says of it.</param>
/// <param name="Panel">The panel.</param>
/// <param name="Solutions">Those with a curve in it, in the order of the curves.</param>
internal sealed record DrawnPanel(OverlayPanel Shown, Panel Panel, IReadOnlyList<Solution> Solutions)
{
    /// <summary>Finds which of its series are columns of which solutions.</summary>
    public Func<IReadOnlyList<DrawnCurve>> Curves { get; init; } = () => [];
}
