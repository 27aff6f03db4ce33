namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Entries of weighted modes as they are gathered.</summary>
internal sealed class ModeEntries(int capacity)
{
    private readonly List<double> eigenvalues = new(capacity), weights = new(capacity), start = new(capacity), teacher = new(capacity), counts = new(capacity);

    /// <summary>Number of entries so far.</summary>
    public int Count => eigenvalues.Count;

    /// <summary>Adds an entry.</summary>
    public void Add(double eigenvalue, double weight, double startCoefficient, double teacherCoefficient, double count)
    {
        eigenvalues.Add(eigenvalue);
        weights.Add(weight);
        start.Add(startCoefficient);
        teacher.Add(teacherCoefficient);
        counts.Add(count);
    }

    /// <summary>Gives the number of modes of a node to the first of its entries.</summary>
    public void SetCount(int entry, double count) => counts[entry] = count;

    /// <summary>The modes.</summary>
    public WeightedModes ToModes(long dimension, ModeRepresentation representation) =>
        new([.. eigenvalues], [.. weights], [.. start], [.. teacher], [.. counts], dimension, representation);
}
