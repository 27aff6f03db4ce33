using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Explorer.Systems;

/// <summary>The figures that were drawn last, so that a window that is dragged over one does not draw it again.</summary>
internal sealed class FigureShelf
{
    private const int Most = 8;
    private readonly Lock gate = new();
    private readonly LinkedList<(Solution[] Solutions, bool HasMarks, Figure Figure)> figures = new();

    /// <summary>The figure of these very solutions, or null.</summary>
    public Figure? Find(Solution[] solutions, bool hasMarks)
    {
        lock (gate)
        {
            foreach (var one in figures)
            {
                if (one.HasMarks == hasMarks && one.Solutions.AsSpan().SequenceEqual(solutions, ReferenceEqualityComparer.Instance))
                    return one.Figure;
            }

            return null;
        }
    }

    /// <summary>Keeps a figure and gives it back.</summary>
    public Figure Keep(Solution[] solutions, bool hasMarks, Figure figure)
    {
        lock (gate)
        {
            figures.AddFirst((solutions, hasMarks, figure));
            if (figures.Count > Most)
                figures.RemoveLast();
        }

        return figure;
    }
}
