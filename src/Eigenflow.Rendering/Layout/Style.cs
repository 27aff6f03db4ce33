namespace Eigenflow.Rendering.Layout;

/// <summary>Sizes of the one style that all pictures share, in CSS pixels.</summary>
internal static class Style
{
    public const double FigureTitleSize = 15;
    public const double PanelTitleSize = 13;
    public const double AxisLabelSize = 13;
    public const double TickLabelSize = 12;
    public const double LegendSize = 12;
    public const double GuideSize = 11.5;
    public const double CaptionSize = 12;

    public const double OuterPadding = 8;
    public const double MajorTick = 4;
    public const double MinorTick = 2.2;
    public const double CurveWidth = 1.7;
    public const double FrameWidth = 0.9;
    public const double GridWidth = 0.7;
    public const double DotRadius = 2.7;
    public const double BandOpacity = 0.2;
}
