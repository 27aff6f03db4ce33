using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>The name of a guide, which is placed when all lines are drawn.</summary>
/// <param name="Text">The name.</param>
/// <param name="Corners">Where it may stand: upper left corners, the best first.</param>
/// <param name="Rank">Those with the fewest places find theirs first.</param>
/// <param name="Anchor">What it names, or null where it stands at a line.</param>
/// <param name="Ink">Ink of the line to what it names.</param>
internal sealed record GuideLabel(TextBlock Text, IReadOnlyList<Position> Corners, GuideRank Rank, Position? Anchor, Ink Ink)
{
    // A name that lies farther away from what it names is tied to it by a line, which ends so far from it.
    private const double FarAway = 13;
    private const double FarFromTriangle = 39;
    private const double Gap = 4;

    /// <summary>Where it stands, if it has its place already.</summary>
    public Position? Place { get; init; }

    /// <summary>Places names and draws them: those of dots first, as they have the fewest places, from the right, as they prefer the right.</summary>
    public static void DrawAll(Surface surface, PanelFrame frame, IEnumerable<GuideLabel> labels, LabelPlacer placer)
    {
        var placed = labels.OrderBy(label => label.Rank).ThenByDescending(label => label.Rank == GuideRank.Dot ? label.Anchor!.Value.X : 0)
            .Select(label => (Label: label, Corner: label.Place ?? placer.Place(label.Text.Width, label.Text.Height, label.Corners, isBound: label.Rank == GuideRank.Line))).ToArray();
        foreach (var (label, corner) in placed)
            label.DrawTie(surface, corner);
        foreach (var (label, corner) in placed)
            label.Draw(surface, frame, corner);
    }

    // What belongs to one of several curves is told by its colour.
    private bool IsOfCurve => Ink.Role is InkRole.Series or InkRole.Sequence or InkRole.Scale;

    private void DrawTie(Surface surface, Position corner)
    {
        if (Anchor is not { } anchor)
            return;
        var (x, y) = (Math.Clamp(anchor.X, corner.X, corner.X + Text.Width), Math.Clamp(anchor.Y, corner.Y, corner.Y + Text.Height));
        var away = double.Hypot(anchor.X - x, anchor.Y - y);
        if (away <= (Rank == GuideRank.Dot ? FarAway : FarFromTriangle))
            return;
        var part = 1 - (Gap / away);
        surface.Line(x, y, x + (part * (anchor.X - x)), y + (part * (anchor.Y - y)), new Stroke(Ink with { Opacity = 0.6 }, 0.8));
    }

    // A patch in the colour of the ground keeps a name readable where a line lies below it.
    private void Draw(Surface surface, PanelFrame frame, Position corner)
    {
        var box = new Box(corner.X, corner.Y, corner.X + Text.Width, corner.Y + Text.Height).Inflate(1);
        surface.Rectangle(box, new Ink(AxesPainter.IsShaded(frame, box.CenterX) ? InkRole.Shade : InkRole.Background, 0, 0.8));
        Text.Draw(surface, corner, IsOfCurve ? Ink : InkRole.Text);
    }
}

/// <summary>What a name belongs to, in the order in which names find their places.</summary>
internal enum GuideRank
{
    /// <summary>A dot.</summary>
    Dot,

    /// <summary>A line across the panel.</summary>
    Line,

    /// <summary>A slope.</summary>
    Slope,
}
