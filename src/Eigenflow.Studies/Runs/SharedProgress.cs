using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>Adds up the progress of weighted parts that run side by side.</summary>
internal sealed class SharedProgress(IProgress<Progress> whole, double[] weights)
{
    private readonly double[] fractions = new double[weights.Length];
    private readonly double total = weights.Sum();
    private readonly Lock gate = new();

    /// <summary>The progress of one part.</summary>
    /// <param name="index">0-based number of the part.</param>
    /// <param name="name">Its name in reports.</param>
    public IProgress<Progress> Part(int index, string name) => new One(this, index, name);

    private void Report(int index, string name, Progress value)
    {
        lock (gate)
        {
            // Parts may report out of order from their own threads.
            fractions[index] = Math.Max(fractions[index], value.Fraction);
            var sum = 0.0;
            for (var k = 0; k < fractions.Length; k++)
                sum += weights[k] * fractions[k];
            whole.Report(new Progress(sum / total, name));
        }
    }

    private sealed class One(SharedProgress shared, int index, string name) : IProgress<Progress>
    {
        public void Report(Progress value) => shared.Report(index, name, value);
    }
}
