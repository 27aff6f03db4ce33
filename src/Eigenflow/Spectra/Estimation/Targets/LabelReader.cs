using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Labels beside their rows: the class with weight one, or class 0 with the distance of the number from the first one, so that a large mean costs no digits.</summary>
internal sealed class LabelReader(LabelColumn labels, long total, bool isCentred) : IDisposable
{
    private const double LargestMagnitude = 1e140;

    private readonly IEnumerator<double> values = labels.Read().GetEnumerator();
    private double? centre;
    private double largest;
    private double deviation;
    private long done;

    /// <summary>The label of the next row.</summary>
    /// <exception cref="InputFileException">There are fewer labels than rows.</exception>
    public (int Kind, double Weight) Next()
    {
        if (!values.MoveNext())
            throw Misfit($"it has {done} labels");
        done++;
        if (labels.HasClasses)
            return ((int)values.Current, 1);
        centre ??= isCentred ? values.Current : 0;
        var weight = values.Current - centre.Value;
        largest = Math.Max(largest, Math.Abs(values.Current));
        deviation = Math.Max(deviation, Math.Abs(weight));
        return (0, weight);
    }

    /// <summary>Says that all rows were read.</summary>
    /// <exception cref="EigenflowException">There are more labels than rows, or their squares are no numbers.</exception>
    public void End()
    {
        if (done != total || values.MoveNext())
            throw Misfit(done != total ? $"it has {done} labels" : $"it has more than {done} labels");
        if (largest > LargestMagnitude || (deviation is > 0 and < 1 / LargestMagnitude))
            throw new ParameterException("label", labels.Name, "a column whose largest magnitude is between 1e-140 and 1e140", "change the unit of the labels");
    }

    public void Dispose() => values.Dispose();

    private InputFileException Misfit(string problem) => new(labels.Path, problem, $"as many labels as samples, {total}");
}
