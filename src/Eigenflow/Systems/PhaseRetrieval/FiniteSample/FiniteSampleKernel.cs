using System.Runtime.InteropServices;
using Eigenflow.Numerics;
using Eigenflow.Random;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Full-batch gradient descent on n rows, w ← w − (η/n) Σ_r 4(⟨x_r,w⟩² − y_r)⟨x_r,w⟩ x_r, y_r = ⟨x_r,w*⟩² + σξ_r. Row r of a replica is at the address (seed, data set, replica, r), its noise at coordinate r of the noise stream.
/// Work per step 4 n d; memory n d doubles.
/// </summary>
internal sealed class FiniteSampleKernel : ISgdKernel
{
    private readonly RowStore<double> rows;
    private readonly double[] labels;
    private readonly double[] eigenvalues;
    private readonly double[] teacher;
    private readonly double[] state;
    private readonly double[] gradient;
    private readonly double overlap;
    private readonly double bound;

    /// <param name="modes">The modes, full.</param>
    /// <param name="samples">n.</param>
    /// <param name="noiseVariance">σ².</param>
    /// <param name="seed">Seed of the rows and the noise.</param>
    /// <param name="replica">Number of the replica, which has rows of its own.</param>
    public FiniteSampleKernel(WeightedModes modes, int samples, double noiseVariance, long seed, int replica)
    {
        (eigenvalues, teacher, overlap) = (modes.Eigenvalues, modes.Teacher, modes.TeacherOverlap);
        rows = new RowStore<double>(samples, modes.Size);
        state = new double[rows.Stride];
        gradient = new double[rows.Stride];
        modes.Start.CopyTo(state, 0);
        var padded = new double[rows.Stride];
        teacher.CopyTo(padded, 0);
        labels = new double[samples];
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, RandomStreams.LabelNoise, replica, 0), 0, labels);
        var scale = Math.Sqrt(noiseVariance);
        for (var row = 0; row < samples; row++)
        {
            var x = rows.Row(row)[..modes.Size];
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, RandomStreams.DataSet, replica, row), 0, x);
            for (var i = 0; i < x.Length; i++)
                x[i] *= Math.Sqrt(eigenvalues[i]);
            var response = RowLoops.Dot(ref rows.Origin(row), ref padded[0], rows.Stride);
            labels[row] = (response * response) + (scale * labels[row]);
        }

        bound = Stability.LargestSelfOverlap(overlap, Observe().S);
    }

    public long Step { get; private set; }

    public int Frame => 0;

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(state.AsSpan());

    public bool Advance(long count, LearningRateSchedule schedule)
    {
        for (var k = 0L; k < count; k++)
        {
            Array.Clear(gradient);
            for (var row = 0; row < labels.Length; row++)
            {
                ref var x = ref rows.Origin(row);
                var student = RowLoops.Dot(ref x, ref state[0], rows.Stride);
                RowLoops.Add(((student * student) - labels[row]) * student, ref x, ref gradient[0], rows.Stride);
            }

            RowLoops.Add(-4 * schedule.RateAt(Step) / labels.Length, ref gradient[0], ref state[0], rows.Stride);
            Step++;
            if (!(Observe().S <= bound))
                return false;
        }

        return true;
    }

    public SgdSums Observe() => SgdSums.Of<double, double>(eigenvalues, teacher, state.AsSpan(0, eigenvalues.Length), 0, overlap);

    /// <summary>The loss over the rows and their labels, the noise included: what is minimised.</summary>
    public double RowLoss()
    {
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
        {
            var student = RowLoops.Dot(ref rows.Origin(row), ref state[0], rows.Stride);
            var residual = (student * student) - labels[row];
            sum += residual * residual;
        }

        return sum / labels.Length;
    }

    public void Restore(long step, int frame, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(state.AsSpan()));
        Step = step;
    }
}
